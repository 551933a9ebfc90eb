using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class DeepLinearTests : Scoped
{
    /// <summary>Mutants: parts of one layer exchanged between two chains; a part missed; chains active on each other's input.</summary>
    [Fact]
    public void CertificateRejectsWrongTruths()
    {
        var model = DeepLinear.Create(0);
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
        var model = DeepLinear.Create(0);
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
        var twin = Disguises.Apply(DeepLinear.Create(0), DisguiseKind.Rotate, seed);
        Assert.True(twin.Model.Parameters.abs().min().ToDouble() > Tolerances.SameOutputs);
        Certified.Holds(twin);
    }
}
