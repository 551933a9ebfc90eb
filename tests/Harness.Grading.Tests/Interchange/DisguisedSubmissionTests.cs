using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// The truth of an exactly known model, carried into a disguise and handed in as a file, scores 1. Kills: a pull-back that is forgotten, or goes the
/// wrong way, for directions or for components; a file that loses digits.
/// </summary>
public sealed class DisguisedSubmissionTests
{
    public sealed record Spec(string Model, DisguiseKind Kind, int Seed);

    [Property(Arbitrary = [typeof(Specs)], MaxTest = 6, QuietOnSuccess = true)]
    public void The_disguised_truth_scores_1(Spec spec)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var seen = GradingCase.Of(spec.Model).Disguised(spec.Kind, (ulong)spec.Seed);
        var (layout, map) = (seen.Model.Model.Network.Layout, seen.Model.Disguise!);
        var answer = new Decomposition(
            new MethodInfo("truth", "1", "The planted truth.", false),
            [.. seen.Model.Truth.Subnetworks.Select(planted => new Subnetwork(
                "planted", Subspaces.Transform(map, planted.Subspace, inverse: false),
                planted.Component is { } component ? map.Apply(component.unsqueeze(0)).squeeze(0) : null))],
            new Dictionary<string, string>());
        var file = Path.Combine(folder.Path, DecompositionFile.Name);
        DecompositionFile.Write(file, answer, layout, "case-0", 0);
        var read = DecompositionFile.Read(file, layout, new Dictionary<string, long>()).Decomposition;
        foreach (var column in seen.Grade(read).Where(column => column.Score is not null))
            Assert.True(Math.Abs(column.Score!.Value - 1) <= Tolerances.RecoveryIdentity, $"{spec}, {column.Column}: {column.Score.Value}");
    }

    public static class Specs
    {
        private static readonly (string Model, DisguiseKind Kind)[] s_all =
        [
            .. from id in TestModels.Disguised().Select(one => one.Id).Distinct()
               let model = GradingCase.Of(id).Model
               where model.Truth.Grade == TruthGrade.Exact || id.StartsWith("superposition-5", StringComparison.Ordinal)
               from kind in Enum.GetValues<DisguiseKind>()
               where Disguises.Admits(model, kind)
               select (id, kind),
        ];

        public static Arbitrary<Spec> Arbitrary() => Arb.From(
            from one in Gen.Elements(s_all)
            from seed in Gen.Choose(0, 1_000_000)
            select new Spec(one.Model, one.Kind, seed),
            spec => spec.Seed == 0 ? [] : [spec with { Seed = 0 }]);
    }
}
