using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>Faulty disguises and faulty uses of good ones, each rejected by a check of <see cref="DisguiseProperties"/> by a wide margin.</summary>
public class DisguiseMutantTests : Scoped
{
    /// <summary>A deviation that no rounding explains.</summary>
    internal const double Wide = 1e-3;

    /// <summary>The outgoing weights of a squaring unit divided by c instead of c².</summary>
    [Fact]
    public void Outgoing_weights_divided_by_the_wrong_power_are_rejected()
    {
        var model = Planted.Of("modular-addition");
        var twin = Disguises.Apply(With(model, axis => axis with { Power = Math.Sign(axis.Power) }), DisguiseKind.Rescale, 0);
        Assert.True(DisguiseChecks.Outputs(model, twin) > Wide);
        Certified.Rejects(twin, "logits are");
    }

    /// <summary>One tensor forgotten, for every tensor: an incoming one, or the outgoing one on which a factor or a rotation has to be undone.</summary>
    [Theory]
    [InlineData("modular-addition", DisguiseKind.Permute, "w_a")]
    [InlineData("modular-addition", DisguiseKind.Permute, "w_b")]
    [InlineData("modular-addition", DisguiseKind.Permute, "w_out")]
    [InlineData("modular-addition", DisguiseKind.Rescale, "w_a")]
    [InlineData("modular-addition", DisguiseKind.Rescale, "w_b")]
    [InlineData("modular-addition", DisguiseKind.Rescale, "w_out")]
    [InlineData("superposition-5-2-untied", DisguiseKind.Rotate, "w_enc")]
    [InlineData("superposition-5-2-untied", DisguiseKind.Rotate, "w_dec")]
    public void Forgotten_tensors_are_rejected(string id, DisguiseKind kind, string forgotten)
    {
        var model = Planted.Of(id);
        var mutant = model with { HiddenUnits = [.. model.HiddenUnits.Select(units => units with { Axes = [.. units.Axes.Where(axis => axis.Tensor != forgotten)] })] };
        Assert.True(DisguiseChecks.Outputs(model, Disguises.Apply(mutant, kind, 0)) > Wide);
    }

    /// <summary>Rescaling where the activation is not homogeneous; rotating across an activation.</summary>
    [Theory]
    [InlineData("direct-sum", DisguiseKind.Rescale)]
    [InlineData("direct-sum", DisguiseKind.Rotate)]
    [InlineData("modular-addition-mlp", DisguiseKind.Rotate)]
    public void Inadmissible_changes_of_units_are_rejected(string id, DisguiseKind kind)
    {
        var model = Planted.Of(id);
        var mutant = model with
        {
            AdmissibleDisguises = [kind],
            HiddenUnits = [.. model.HiddenUnits.Select(units => units with { IsHomogeneous = true, IsLinear = true })],
        };
        Assert.True(DisguiseChecks.Outputs(model, Disguises.Apply(mutant, kind, 0)) > Wide);
    }

    /// <summary>The units of a linear space that square, or only gate, have no basis to change.</summary>
    [Fact]
    public void A_power_that_is_no_role_is_refused()
    {
        var model = Planted.Of("modular-addition");
        var mutant = model with { AdmissibleDisguises = [DisguiseKind.Rotate], HiddenUnits = [.. model.HiddenUnits.Select(units => units with { IsLinear = true })] };
        Assert.Equal(
            "Axis 1 of 'w_out' has power -2; in a linear space it is +1 or −1. (Parameter 'groups')",
            Assert.Throws<ArgumentException>(() => Disguises.Apply(mutant, DisguiseKind.Rotate, 0)).Message);
    }

    /// <summary>Gradients carried like parameters (Tg), or pulled like them (T⁻¹g). Under an orthogonal map the first is right: only rescaling tells.</summary>
    [Fact]
    public void Covectors_mapped_as_vectors_are_rejected()
    {
        var model = Planted.Of("superposition-5-2-untied");
        var twin = Disguises.Apply(model, DisguiseKind.All, 0);
        Assert.True(DisguiseChecks.Gradients(model, twin) <= Tolerances.SameGradients);
        Assert.True(DisguiseChecks.Gradients(model, twin, (map, gradient) => map.Apply(gradient)) > Wide);
        Assert.True(DisguiseChecks.Gradients(model, twin, (map, gradient) => map.ApplyInverse(gradient)) > Wide);
        Assert.True(DisguiseChecks.Gradients(model, twin, (map, gradient) => map.ApplyTranspose(gradient)) > Wide);
    }

    /// <summary>An inverse whose factors stand in the order of the map itself: the truth does not come back.</summary>
    [Fact]
    public void An_inverse_in_the_wrong_order_is_rejected()
    {
        var model = Planted.Of("superposition-5-2-untied");
        var twin = Disguises.Apply(model, DisguiseKind.All, 0);
        Assert.True(DisguiseChecks.Truth(twin) <= Tolerances.RecoveryIdentity);
        Assert.True(DisguiseChecks.Components(twin) <= Tolerances.RecoveryIdentity);
        Assert.True(DisguiseChecks.Components(twin with { Disguise = new SwappedInverse((ComposedMap)twin.Disguise!) }) > Wide);
    }

    /// <summary>A constant that the space runs through, forgotten: here a fixed matrix between encoder and decoder.</summary>
    [Fact]
    public void Constants_are_carried_along()
    {
        var model = WithFixedMatrix();
        foreach (var kind in new[] { DisguiseKind.Permute, DisguiseKind.Rescale, DisguiseKind.Rotate, DisguiseKind.All })
        {
            var twin = Disguises.Apply(model, kind, 5);
            Assert.True(DisguiseChecks.Outputs(model, twin) <= Tolerances.SameOutputs);
            var forgotten = twin with { Model = new Model(model.Model.Network, twin.Model.Parameters, twin.Model.Loss) };
            Assert.True(DisguiseChecks.Outputs(model, forgotten) > Wide);
        }
    }

    [Fact]
    public void Inadmissible_and_repeated_disguises_are_refused()
    {
        var model = Planted.Of("direct-sum");
        Assert.Equal(
            "Model 'direct-sum' does not admit the disguise Rescale; it admits Permute. (Parameter 'kind')",
            Assert.Throws<ArgumentException>(() => Disguises.Apply(model, DisguiseKind.Rescale, 0)).Message);
        Assert.Equal(
            "Model 'direct-sum' is already disguised; disguise the original instead. (Parameter 'model')",
            Assert.Throws<ArgumentException>(() => Disguises.Apply(Disguises.Apply(model, DisguiseKind.Permute, 0), DisguiseKind.Permute, 0)).Message);
        Assert.Equal(
            "Model 'linear-regression' does not admit the disguise All; it admits none. (Parameter 'kind')",
            Assert.Throws<ArgumentException>(() => Disguises.Apply(Planted.Of("linear-regression"), DisguiseKind.All, 0)).Message);
    }

    /// <summary>Rejects weight decay beside rescaling: a rescaled minimum would be none. A rotation keeps the norm.</summary>
    [Fact]
    public void Weight_decay_forbids_rescaling()
    {
        var units = Planted.Of("superposition-5-2-untied").HiddenUnits;
        Assert.Equal(
            [DisguiseKind.Permute, DisguiseKind.Rescale, DisguiseKind.Rotate], HiddenUnits.Admit(units, new Loss(LossKind.MeanSquaredError)));
        Assert.Equal([DisguiseKind.Permute, DisguiseKind.Rotate], HiddenUnits.Admit(units, new Loss(LossKind.MeanSquaredError, WeightDecay: 1e-3)));
    }

    private static ToyModel With(ToyModel model, Func<HiddenAxis, HiddenAxis> change) =>
        model with { HiddenUnits = [.. model.HiddenUnits.Select(units => units with { Axes = [.. units.Axes.Select(change)] })] };

    /// <summary>Untied superposition with a fixed 2 × 2 map in the middle, which writes into one hidden space and reads from the other.</summary>
    private static ToyModel WithFixedMatrix()
    {
        var model = Planted.Of("superposition-5-2-untied");
        var network = model.Model.Network;
        List<Operation> operations =
        [
            network.Operations[0],
            new LinearOperation { Inputs = ["hidden"], Weight = "fixed", Output = "passed" },
            .. network.Operations.Skip(1).Select(one => one is LinearOperation linear ? linear with { Inputs = ["passed"] } : one),
        ];
        var constants = new Dictionary<string, Tensor> { ["fixed"] = tensor([1.0, 2.0, 0.5, -1.0], [2, 2]) };
        return model with
        {
            Model = new Model(new Network(network.Layout, operations, network.Output, network.Input, constants), model.Model.Parameters, model.Model.Loss),
            HiddenUnits =
            [
                new(2, [new("w_enc", 0, 1), new("fixed", 1, -1)], IsHomogeneous: true) { IsLinear = true },
                new(2, [new("fixed", 0, 1), new("w_dec", 1, -1)], IsHomogeneous: true) { IsLinear = true },
            ],
        };
    }

    private sealed class SwappedInverse(ComposedMap map) : ILinearMap
    {
        public long Dimension => map.Dimension;

        public bool IsOrthogonal => map.IsOrthogonal;

        public Tensor Apply(Tensor block) => map.Apply(block);

        public Tensor ApplyInverse(Tensor block) => map.Outer.ApplyInverse(map.Inner.ApplyInverse(block));

        public Tensor ApplyTranspose(Tensor block) => map.ApplyTranspose(block);

        public Tensor ApplyInverseTranspose(Tensor block) => map.ApplyInverseTranspose(block);
    }
}
