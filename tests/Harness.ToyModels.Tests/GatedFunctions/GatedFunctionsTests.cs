using FsCheck.Xunit;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class GatedFunctionsTests : Scoped
{
    /// <summary>Rejects neurons that collide, that listen to another function's bit, or that do not interpolate, for any seed and number of functions.</summary>
    [Property(MaxTest = 10)]
    public void CertificateHoldsForEverySeed(ulong seed, byte count)
    {
        using var scope = NewDisposeScope();
        Certified.Holds(GatedFunctions.Create(1 + count % 6, seed));
    }

    /// <summary>Rejects weights without an owner and with two: 39 for each function.</summary>
    [Theory]
    [InlineData("gated-functions", 4)]
    [InlineData("gated-functions-16", 16)]
    public void EveryNonZeroWeightHasOneOwner(string id, int count)
    {
        var model = ToyModelCatalog.Create(id);
        Assert.All(model.Truth.Subnetworks, planted => Assert.Equal(39, planted.Subspace.Dimension));
        var nonZero = model.Model.Parameters.data<double>().ToArray().Select((value, k) => (value, k: (long)k)).Where(pair => pair.value != 0);
        Assert.Equal(nonZero.Select(pair => pair.k), Enumerable.Range(0, count).SelectMany(i => Mutations.Indices(model, i)).Order());
    }

    /// <summary>Rejects rotations that leave a zero pattern by which the functions could be told apart.</summary>
    [Fact]
    public void RotatedMatricesAreDense()
    {
        var twin = Disguises.Apply(GatedFunctions.Create(4, 0), DisguiseKind.Rotate, 0);
        foreach (var part in twin.Model.Network.Layout.Split(twin.Model.Parameters).Where(part => part.ndim == 2))
            Assert.True(part.abs().min().ToDouble() > Tolerances.SameOutputs);
        Certified.Holds(twin);
    }

    /// <summary>Mutants: an exchanged output weight, a missed bias, a missed bit weight, each of a random neuron.</summary>
    [Property(MaxTest = 10)]
    public void CertificateRejectsWrongBlocks(ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = GatedFunctions.Create(3, seed);
        long Random(int function, string tensor)
        {
            var layout = model.Model.Network.Layout;
            var slots = layout.Where(slot => slot.Name.StartsWith(tensor, StringComparison.Ordinal));
            var own = Mutations.Indices(model, function).Where(k => slots.Any(slot => k >= slot.Offset && k < slot.Offset + slot.Length)).ToArray();
            return own[(int)(seed % (ulong)own.Length)];
        }
        var exchanged = model.WithCoordinatesExchanged((0, Random(0, "w_out")), (1, Random(1, "w_out")));
        Certified.Rejects(exchanged, "ablating function 0");
        Certified.Rejects(exchanged, "ablating function 1");
        var biasless = model.WithoutCoordinate(2, Random(2, "bias"));
        Certified.Rejects(biasless, "add up");
        Certified.Rejects(biasless, "exactly one subspace");
        var bitless = model.WithoutCoordinate(2, Random(2, "w_in"));
        Certified.Rejects(bitless, "add up");
    }

    /// <summary>Mutants: a function said to be used on the next sample instead; two functions under each other's names.</summary>
    [Fact]
    public void CertificateRejectsWrongActivity()
    {
        var model = GatedFunctions.Create(4, 0);
        Certified.Rejects(model.WithActivityShifted(1), "where it is inactive");
        Certified.Rejects(model.WithActivityShifted(1), "wherever it is active");
        Certified.Rejects(model.WithSubnetworksExchanged(0, 3), "ablating function 0");
    }

    /// <summary>Mutant: a silenced neuron that its bit does not quite wake, one that listens to two bits, and one that writes into the stream's x.</summary>
    [Theory]
    [InlineData("half awake", "outputs are Σ")]
    [InlineData("two bits", "ablating function")]
    [InlineData("writes x", "ablating function")]
    public void CertificateRejectsWrongNetworks(string mutation, string check)
    {
        var model = GatedFunctions.Create(4, 0);
        var layout = model.Model.Network.Layout;
        // Function 0's neurons of the first layer: those that listen to bit 0.
        var unit = Enumerable.Range(0, 20).First(u => model.Model.Parameters[layout["w_in.0"].Offset + u * 6 + 1].ToDouble() == 100);
        var weights = model.Model.Parameters.clone();
        if (mutation == "half awake")
            weights[layout["w_in.0"].Offset + unit * 6 + 1] = 99;
        else if (mutation == "two bits")
            weights[layout["w_in.0"].Offset + unit * 6 + 2] = 100;
        else
            weights[layout["w_out.0"].Offset + unit] = 1;
        Certified.Rejects(model with { Model = model.Model with { Parameters = weights } }, check);
    }

    /// <summary>Rejects an interpolant that does not meet its function at the knots, or is further away between them than the bound says.</summary>
    [Property(MaxTest = 100)]
    public void InterpolantMeetsItsFunction(ulong seed, byte place)
    {
        var function = GatedFunctions.Draw(1, seed)[0];
        for (var j = 0; j <= ScalarFunction.Pieces; j++)
            Assert.Equal(function.Value(ScalarFunction.Knot(j)), function.Interpolated(ScalarFunction.Knot(j)), Tolerances.SameOutputs);
        var x = ScalarFunction.End * place / 255;
        Assert.InRange(Math.Abs(function.Value(x) - function.Interpolated(x)), 0, function.InterpolationBound + Tolerances.SameOutputs);
    }

    /// <summary>Rejects bits that are not sparse or not independent of the order of the functions.</summary>
    [Fact]
    public void BitsAreOnWithProbabilityOneInTwenty()
    {
        var model = ToyModelCatalog.Create("gated-functions-16");
        var share = model.DataSets[0].Inputs.narrow(1, 1, 16).mean([0L]);
        // 2,000 draws each: a standard deviation of 0.005.
        Assert.InRange(share.min().ToDouble(), 0.03, 0.05);
        Assert.InRange(share.max().ToDouble(), 0.05, 0.07);
    }
}
