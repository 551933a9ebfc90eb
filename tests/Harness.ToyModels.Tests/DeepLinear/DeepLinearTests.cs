using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class DeepLinearTests : Scoped
{
    /// <summary>Any number of chains and layers. Rejects chains that are cut, joined, or counted for a width or depth of the quick size.</summary>
    [Property(MaxTest = 15, Arbitrary = [typeof(Sizes)])]
    public void CertificateHoldsForEverySize(DeepLinearSpec spec)
    {
        using var scope = NewDisposeScope();
        var model = DeepLinear.Create(spec, 0);
        Certified.Holds(model);
        Assert.Equal(spec.Width, model.Truth.Subnetworks.Count);
        Assert.All(model.Truth.Subnetworks, planted => Assert.Equal(spec.Depth, planted.Subspace.Dimension));
        Certified.Rejects(model.WithCoordinatesExchanged((0, Mutations.Indices(model, 0)[1]), (1, Mutations.Indices(model, 1)[1])), "ablating chain i");
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(8, 1)]
    public void ImpossibleSizesAreRefused(int width, int depth) => Assert.Equal(
        $"Chains need at least 2 indices and 2 layers, got {width} and {depth}.",
        Assert.Throws<ArgumentException>(() => DeepLinear.Create(new DeepLinearSpec(width, depth), 0)).Message);

    /// <summary>Mutant, in the model whose Hessian is not written out: a weight that leaks index 0 into index 1.</summary>
    [Fact]
    public void ProbesRejectALeakInTheLargeModel()
    {
        var model = ToyModelCatalog.Create("deep-linear-32");
        var weights = model.Model.Parameters.clone();
        weights[32] = 0.01;
        Certified.Rejects(model with { Model = model.Model with { Parameters = weights } }, "does not couple");
    }

    /// <summary>Mutants: parts of one layer exchanged between two chains; a part missed; chains active on each other's input.</summary>
    [Fact]
    public void CertificateRejectsWrongTruths()
    {
        var model = DeepLinear.Create(DeepLinear.Quick, 0);
        var exchanged = model.WithCoordinatesExchanged((2, Mutations.Indices(model, 2)[1]), (5, Mutations.Indices(model, 5)[1]));
        Certified.Rejects(exchanged, "ablating chain i");
        Certified.Rejects(exchanged, "where it is inactive");
        var missed = model.WithoutCoordinate(0, Mutations.Indices(model, 0)[0]);
        Certified.Rejects(missed, "one layer of a chain");
        Certified.Rejects(missed, "add up");
        Certified.Rejects(model.WithActivityShifted(3), "where it is inactive");
        Certified.Rejects(model.WithActivityShifted(3), "wherever it is active");
        Certified.Rejects(model.WithSubnetworksExchanged(0, 7), "ablating chain i");
    }

    /// <summary>Mutant: a weight that leaks index 0 into index 1, so that the chains interact.</summary>
    [Fact]
    public void CertificateRejectsALeak()
    {
        var model = DeepLinear.Create(DeepLinear.Quick, 0);
        var weights = model.Model.Parameters.clone();
        weights[8] = 0.01;
        var mutant = model with { Model = model.Model with { Parameters = weights } };
        Certified.Rejects(mutant, "outputs are the one-hot inputs");
        Certified.Rejects(mutant, "no entries between subnetworks");
        Certified.Rejects(mutant, "add up");
    }

    /// <summary>Rejects rotations that leave a zero pattern by which the chains could be told apart.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void RotatedLayersAreDense(ulong seed)
    {
        var twin = Disguises.Apply(DeepLinear.Create(DeepLinear.Quick, 0), DisguiseKind.Rotate, seed);
        Assert.True(twin.Model.Parameters.abs().min().ToDouble() > Tolerances.SameOutputs);
        Certified.Holds(twin);
    }

    /// <summary>Small chains.</summary>
    public static class Sizes
    {
        public static Arbitrary<DeepLinearSpec> Any() =>
            (from width in Gen.Choose(2, 7) from depth in Gen.Choose(2, 5) select new DeepLinearSpec(width, depth)).ToArbitrary();
    }
}
