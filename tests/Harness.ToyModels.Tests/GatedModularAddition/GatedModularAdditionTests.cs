using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class GatedModularAdditionTests : Scoped
{
    /// <summary>Rejects a gate that listens to another frequency's bit, and samples without any bit, for every seed.</summary>
    [Property(MaxTest = 15, Arbitrary = [typeof(ModularAdditionSpecs)])]
    public void CertificateHoldsForEverySeed(ModularAdditionSpec spec, ulong seed)
    {
        using var scope = NewDisposeScope();
        Certified.Holds(GatedModularAddition.Create(spec, seed));
    }

    /// <summary>Rejects a gated model whose truth would be a formula that does not hold.</summary>
    [Fact]
    public void PhasesThatDoNotCancelAreRefused() => Assert.StartsWith(
        "Gated frequencies need a spec whose unwanted terms cancel, got ",
        Assert.Throws<ArgumentException>(() => GatedModularAddition.Create(ModularAddition.Quick with { UnitsPerFrequency = 4 }, 0)).Message);

    /// <summary>Mutants: units exchanged between two frequencies, a missed gate, bits of the next sample, frequencies under each other's names.</summary>
    [Property(MaxTest = 5)]
    public void CertificateRejectsWrongTruths(ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = GatedModularAddition.Create(ModularAddition.Quick, seed);
        var gate = model.Model.Network.Layout["gate"].Offset;
        var (first, second) = (Mutations.Indices(model, 0), Mutations.Indices(model, 1));
        var exchanged = model.WithCoordinatesExchanged((0, first[0]), (1, second[0]));
        Certified.Rejects(exchanged, "ablating frequency");
        Certified.Rejects(exchanged, "where it is inactive");
        var gateless = model.WithoutCoordinate(0, first.Last(k => k >= gate));
        Certified.Rejects(gateless, "add up");
        Certified.Rejects(model.WithActivityShifted(2), "where it is inactive");
        Certified.Rejects(model.WithActivityShifted(2), "wherever it is active");
        Certified.Rejects(model.WithSubnetworksExchanged(0, 1), "ablating frequency");
    }

    /// <summary>Mutant: a unit whose gate also opens for another frequency's bit.</summary>
    [Fact]
    public void CertificateRejectsAGateThatOpensForTwo()
    {
        var model = GatedModularAddition.Create(ModularAddition.Quick, 0);
        var weights = model.Model.Parameters.clone();
        var gate = model.Model.Network.Layout["gate"];
        weights.narrow(0, gate.Offset, 3).fill_(1);
        var mutant = model with { Model = model.Model with { Parameters = weights } };
        Certified.Rejects(mutant, "logits are");
        Certified.Rejects(mutant, "add up");
    }

    /// <summary>Rejects data in which bits are common, or one is never on.</summary>
    [Property(MaxTest = 10)]
    public void OneBitIsOnMostly(ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = GatedModularAddition.Create(ModularAddition.Quick, seed);
        var bits = model.DataSets[0].Inputs.narrow(1, 2, 3).to(float64);
        Assert.True(bits.sum(1).min().ToDouble() >= 1);
        // 0.3 / (1 − 0.9³) = 1.107 bits in the mean, standard deviation 0.014 over 529 samples.
        Assert.InRange(bits.sum(1).mean().ToDouble(), 1.03, 1.19);
        Assert.InRange(bits.mean([0L]).min().ToDouble(), 0.25, 0.5);
        Assert.InRange(bits.mean([0L]).max().ToDouble(), 0.25, 0.5);
    }
}
