using FsCheck.Xunit;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>
/// A disguise changes the parameters and nothing else, and everything that hangs on them changes with them as its map says. What each of these kills is
/// in <see cref="DisguiseMutantTests"/>.
/// </summary>
[Properties(Arbitrary = [typeof(DisguiseSpec.Arbitrary)], MaxTest = 15, QuietOnSuccess = true)]
public class DisguiseProperties
{
    public static TheoryData<string, DisguiseKind> All()
    {
        var all = new TheoryData<string, DisguiseKind>();
        foreach (var (model, kind) in DisguiseSpec.All)
            all.Add(model, kind);
        return all;
    }

    [Property]
    public void Outputs_are_unchanged(DisguiseSpec spec) => Within(Tolerances.SameOutputs, spec, DisguiseChecks.Outputs);

    /// <summary>The same for every model in every disguise, the large ones too.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Outputs_of_every_model_are_unchanged(string model, DisguiseKind kind) =>
        Within(Tolerances.SameOutputs, new DisguiseSpec(model, kind, 3), DisguiseChecks.Outputs);

    /// <summary>Rejects a disguise that disguises nothing.</summary>
    [Property]
    public void Parameters_are_changed(DisguiseSpec spec)
    {
        using var scope = NewDisposeScope();
        Assert.True((spec.Twin().Model.Parameters - spec.Original.Model.Parameters).abs().max().ToDouble() > 0.01);
    }

    [Property]
    public void The_truth_pulls_back(DisguiseSpec spec) => Within(Tolerances.RecoveryIdentity, spec, (_, twin) => Math.Max(DisguiseChecks.Truth(twin), DisguiseChecks.Components(twin)));

    [Property]
    public void Gradients_are_covectors(DisguiseSpec spec) => Within(Tolerances.SameGradients, spec, (model, twin) => DisguiseChecks.Gradients(model, twin));

    [Property]
    public void Hessians_are_bilinear_forms(DisguiseSpec spec) => Within(Tolerances.SameGradients, spec, DisguiseChecks.Hessians);

    /// <summary>Only rescaling changes lengths.</summary>
    [Property]
    public void Permutations_and_rotations_are_orthogonal(DisguiseSpec spec)
    {
        using var scope = NewDisposeScope();
        var isRescaled = spec.Kind == DisguiseKind.Rescale
            || (spec.Kind == DisguiseKind.All && spec.Original.AdmissibleDisguises.Contains(DisguiseKind.Rescale));
        Assert.Equal(!isRescaled, spec.Twin().Disguise!.IsOrthogonal);
    }

    /// <summary>Rejects a truth that is not carried along: ablating T·c_i must do to the twin what ablating c_i does to the original.</summary>
    [Property(MaxTest = 8)]
    public void The_certificate_holds_for_the_twin(DisguiseSpec spec)
    {
        using var scope = NewDisposeScope();
        Certified.Holds(spec.Twin());
    }

    /// <summary>Kills a composition of which one part is left out, or that is drawn anew from one stream so that its parts hang together.</summary>
    [Property(MaxTest = 10)]
    public void All_is_permutation_after_rescaling_after_rotation(DisguiseSpec spec)
    {
        using var scope = NewDisposeScope();
        var (parameters, seed) = (spec.Original.Model.Parameters.unsqueeze(0), (ulong)spec.Seed);
        foreach (var kind in spec.Original.AdmissibleDisguises.OrderDescending())
            parameters = Disguises.Apply(spec.Original, kind, seed).Disguise!.Apply(parameters);
        var all = Disguises.Apply(spec.Original, DisguiseKind.All, seed).Model.Parameters.unsqueeze(0);
        Assert.True((all - parameters).abs().max().ToDouble() <= Tolerances.SameEntries * parameters.abs().max().ToDouble());
    }

    private static void Within(double limit, DisguiseSpec spec, Func<ToyModel, ToyModel, double> check)
    {
        using var scope = NewDisposeScope();
        var deviation = check(spec.Original, spec.Twin());
        // Written so that NaN fails.
        Assert.True(deviation <= limit, $"{spec}: relative deviation {deviation:g3}, limit {limit:g3}");
    }
}
