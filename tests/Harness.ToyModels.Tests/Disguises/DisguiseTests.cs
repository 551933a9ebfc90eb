using Harness.Numerics;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class DisguiseTests : Scoped
{
    /// <summary>Every admissible disguise of every model small enough to differentiate, with two seeds each.</summary>
    public static TheoryData<string, DisguiseKind, ulong> Cases
    {
        get
        {
            using var scope = NewDisposeScope();
            var cases = new TheoryData<string, DisguiseKind, ulong>();
            string[] large =
            [
                "modular-addition-p59", "modular-addition-p97", .. ModularAdditionMlp.Specs.Select(spec => spec.Id),
                .. DigitPattern.Specs.Select(spec => spec.Id),
            ];
            var small = ToyModelCatalog.Entries.Where(entry => !large.Contains(entry.Id));
            foreach (var model in small.Select(entry => entry.Create(0)))
                foreach (var kind in Enum.GetValues<DisguiseKind>().Where(kind => Disguises.Admits(model, kind)))
                    foreach (var seed in new ulong[] { 0, 1 })
                        cases.Add(model.Id, kind, seed);
            return cases;
        }
    }

    /// <summary>Rejects a disguise that forgets a tensor, an axis or a power.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputsAreUnchanged(string id, DisguiseKind kind, ulong seed)
    {
        var (model, twin) = Pair(id, kind, seed);
        Assert.True(OutputDifference(model, twin) <= Tolerances.SameOutputs);
    }

    /// <summary>Rejects a disguise that disguises nothing.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ParametersAreChanged(string id, DisguiseKind kind, ulong seed)
    {
        var (model, twin) = Pair(id, kind, seed);
        Assert.True((twin.Model.Parameters - model.Model.Parameters).abs().max().ToDouble() > 0.01);
    }

    /// <summary>
    /// Rejects a T⁻¹ that is a transpose, a Tᵀ that is an inverse, and a permutation confused with its inverse.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void MapIsConsistentWithItsInverseAndTransposes(string id, DisguiseKind kind, ulong seed)
    {
        var twin = Pair(id, kind, seed).Twin;
        var map = twin.Disguise!;
        var random = RandomSource.Named(seed, "disguise-tests/probes");
        var u = tensor(random.Gaussians(2 * map.Dimension), [2, map.Dimension]);
        var v = tensor(random.Gaussians(2 * map.Dimension), [2, map.Dimension]);
        AssertClose((map.Apply(u) * v).sum(1), (u * map.ApplyTranspose(v)).sum(1), 1e-12 * map.Dimension);
        AssertClose((map.ApplyInverse(u) * v).sum(1), (u * map.ApplyInverseTranspose(v)).sum(1), 1e-12 * map.Dimension);
        AssertClose(map.ApplyInverse(map.Apply(u)), u, Tolerances.SameEntries);
        AssertClose(map.ApplyTranspose(map.ApplyInverseTranspose(u)), u, Tolerances.SameEntries);
        var isRescaled = kind == DisguiseKind.Rescale || (kind == DisguiseKind.All && twin.AdmissibleDisguises.Contains(DisguiseKind.Rescale));
        Assert.Equal(!isRescaled, map.IsOrthogonal);
    }

    /// <summary>
    /// Rejects a truth that is not carried along: ablating T·c_i must do to the twin what ablating c_i does to the original.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void CertificateHoldsForTheTwin(string id, DisguiseKind kind, ulong seed) => Certified.Holds(Pair(id, kind, seed).Twin);

    /// <summary>
    /// Rejects a pull-back in the wrong direction: T⁻¹ must return the twin's subspaces and components to the planted ones.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void TruthPullsBack(string id, DisguiseKind kind, ulong seed)
    {
        var (_, twin) = Pair(id, kind, seed);
        var map = twin.Disguise!;
        foreach (var planted in twin.Truth.Subnetworks)
        {
            var carried = Subspaces.Transform(map, planted.Subspace, inverse: false);
            var back = Subspaces.Transform(map, carried, inverse: true);
            Assert.Equal(planted.Subspace.Dimension, back.Dimension);
            AssertClose(planted.Subspace.Project(back.Basis()), back.Basis(), Tolerances.RecoveryIdentity);
            if (map is MonomialMap)
                Assert.Equal(((CoordinateSubspace)planted.Subspace).Indices, ((CoordinateSubspace)back).Indices);
            var component = planted.Component!.unsqueeze(0);
            AssertClose(map.ApplyInverse(map.Apply(component)), component, Tolerances.SameEntries);
            AssertClose(carried.Project(map.Apply(component)), map.Apply(component), Tolerances.SameOutputs);
        }
    }

    /// <summary>
    /// Rejects gradients that are carried like parameters (T g) or pulled like them (T⁻¹ g): they are covectors, T⁻ᵀ g.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientsTransformAsCovectors(string id, DisguiseKind kind, ulong seed)
    {
        var (model, twin) = Pair(id, kind, seed);
        // Away from a stationary point, and off every ReLU kink.
        var shift = 0.1 * tensor(RandomSource.Named(seed, "disguise-tests/shift").Gaussians(twin.Disguise!.Dimension));
        var point = model.Model.Parameters + shift;
        var expected = twin.Disguise.ApplyInverseTranspose(Landscape(model).Gradient(point).unsqueeze(0)).squeeze(0);
        var actual = Landscape(twin).Gradient(twin.Disguise.Apply(point.unsqueeze(0)).squeeze(0));
        AssertClose(actual, expected, 1e-11 * expected.abs().max().ToDouble());
        Assert.True(expected.norm().ToDouble() > 1e-3);
    }

    /// <summary>Mutant: the outgoing weights of a squaring unit divided by c instead of c².</summary>
    [Fact]
    public void OutgoingWeightsDividedByTheWrongPowerAreRejected()
    {
        var model = ToyModelCatalog.Create("modular-addition");
        var units = model.HiddenUnits[0];
        var mutant = model with { HiddenUnits = [units with { Axes = [.. units.Axes.Select(axis => axis with { Power = Math.Sign(axis.Power) })] }] };
        AssertRejected(model, Disguises.Apply(mutant, DisguiseKind.Rescale, 0));
    }

    /// <summary>Mutant: one tensor forgotten, for every tensor and both disguises.</summary>
    [Theory]
    [InlineData(DisguiseKind.Permute, "w_a")]
    [InlineData(DisguiseKind.Permute, "w_b")]
    [InlineData(DisguiseKind.Permute, "w_out")]
    [InlineData(DisguiseKind.Rescale, "w_a")]
    [InlineData(DisguiseKind.Rescale, "w_b")]
    [InlineData(DisguiseKind.Rescale, "w_out")]
    public void ForgottenTensorsAreRejected(DisguiseKind kind, string tensor)
    {
        var model = ToyModelCatalog.Create("modular-addition");
        var units = model.HiddenUnits[0];
        var mutant = model with { HiddenUnits = [units with { Axes = [.. units.Axes.Where(axis => axis.Tensor != tensor)] }] };
        AssertRejected(model, Disguises.Apply(mutant, kind, 0));
    }

    /// <summary>Mutant: rescaling where the activation is not homogeneous.</summary>
    [Fact]
    public void RescalingASiluUnitIsRejected()
    {
        var model = ToyModelCatalog.Create("direct-sum");
        var mutant = model with
        {
            AdmissibleDisguises = [DisguiseKind.Rescale],
            HiddenUnits = [.. model.HiddenUnits.Select(units => units with { IsHomogeneous = true })],
        };
        Assert.True(OutputDifference(model, Disguises.Apply(mutant, DisguiseKind.Rescale, 0)) > 1e-3);
    }

    [Fact]
    public void InadmissibleAndRepeatedDisguisesAreRefused()
    {
        var model = ToyModelCatalog.Create("direct-sum");
        Assert.Equal(
            "Model 'direct-sum' does not admit the disguise Rescale; it admits Permute. (Parameter 'kind')",
            Assert.Throws<ArgumentException>(() => Disguises.Apply(model, DisguiseKind.Rescale, 0)).Message);
        Assert.Equal(
            "Model 'direct-sum' is already disguised; disguise the original instead. (Parameter 'model')",
            Assert.Throws<ArgumentException>(() => Disguises.Apply(Disguises.Apply(model, DisguiseKind.Permute, 0), DisguiseKind.Permute, 0)).Message);
    }

    /// <summary>Rejects weight decay beside rescaling: a rescaled minimum would be none.</summary>
    [Fact]
    public void WeightDecayForbidsRescaling()
    {
        var units = ToyModelCatalog.Create("modular-addition").HiddenUnits;
        Assert.Equal([DisguiseKind.Permute, DisguiseKind.Rescale], HiddenUnits.Admit(units, new Loss(LossKind.CrossEntropy)));
        Assert.Equal([DisguiseKind.Permute], HiddenUnits.Admit(units, new Loss(LossKind.CrossEntropy, WeightDecay: 1e-3)));
    }

    private static (ToyModel Model, ToyModel Twin) Pair(string id, DisguiseKind kind, ulong seed)
    {
        var model = ToyModelCatalog.Create(id);
        return (model, Disguises.Apply(model, kind, seed));
    }

    private static void AssertRejected(ToyModel model, ToyModel twin)
    {
        Assert.True(OutputDifference(model, twin) > 1e-3);
        Certified.Rejects(twin, "logits are");
    }

    /// <summary>Largest difference of outputs, relative to the largest output.</summary>
    private static double OutputDifference(ToyModel model, ToyModel twin)
    {
        var original = Outputs(model);
        return ((Outputs(twin) - original).abs().max() / original.abs().max()).ToDouble();
    }

    private static Tensor Outputs(ToyModel model) => model.Model.Network.Forward(model.Model.Parameters, model.DataSets[0].Inputs);

    private static LossLandscape Landscape(ToyModel model) => new(model.Model.Network, model.Model.Loss, model.DataSets[0]);

    private static void AssertClose(Tensor actual, Tensor expected, double limit)
    {
        var difference = (actual - expected).abs().max().ToDouble();
        Assert.True(difference <= limit, $"largest difference {difference:g3}, limit {limit:g3}");
    }
}
