using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// A model is labelled readable exactly where one who never ran the network solves it: by the names of its tensors or by which non-zero weights are
/// connected. Rejects a plant that gives itself away unlabelled, a label without cause, and a rotation that leaves a readable plant readable.
/// </summary>
public class ReadabilityTests
{
    /// <summary>Half of the truth or more: by what half-way means for a bar, this is solved.</summary>
    private const double Solved = 0.5;

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var (id, disguise) in TestModels.Disguised())
            cases.Add(id, disguise.Label);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Labels_say_what_reading_reaches(string id, string disguise)
    {
        using var scope = NewDisposeScope();
        var seen = TestModels.Find(id, disguise);
        var shape = new AnswerShape(RecoveryColumn.Directions, [.. seen.Profile.Truth.Subnetworks.Select(planted => planted.Subspace.Dimension).Order()]);
        var reached = FamilyCatalog.All
            .Where(family => family.Column == RecoveryColumn.Directions && family.Name is "name-prefix" or "connected-components")
            .Max(family => Reached(seen, family, shape));
        var isRotated = seen.Model.AdmissibleDisguises.Contains(DisguiseKind.Rotate) && disguise.StartsWith("rotate", StringComparison.Ordinal);
        Assert.Equal(seen.Model.IsReadable && !isRotated, reached >= Solved);
    }

    private static double Reached(GradingCase seen, UninformedFamily family, AnswerShape shape)
    {
        var model = seen.Model;
        var context = new FamilyContext(model.Model.Network, model.Model.Parameters, model.DataSets[0].Inputs.narrow(0, 0, 1), [], shape);
        return family.Draw(context, new Models.RandomSource(0)).Select(answer =>
        {
            using var scope = NewDisposeScope();
            var info = new Decompositions.MethodInfo("reader", "1", "Reads names or connections.", IsStochastic: false);
            return seen.Grade(new Decompositions.Decomposition(info, answer, new Dictionary<string, string>()))[0].Score!.Value;
        }).DefaultIfEmpty(0).Max();
    }
}
