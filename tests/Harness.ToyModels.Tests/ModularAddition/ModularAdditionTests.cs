using FsCheck.Xunit;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class ModularAdditionTests : Scoped
{
    /// <summary>Rejects a wrong phase, a wrong unit order, and frequencies that repeat or alias (f and p − f).</summary>
    [Property(MaxTest = 25, Arbitrary = [typeof(ModularAdditionSpecs)])]
    public void CertificateHoldsForEverySeed(ModularAdditionSpec spec, ulong seed)
    {
        using var scope = NewDisposeScope();
        Certified.Holds(ModularAddition.Create(spec, seed));
    }

    /// <summary>Mutants: constructions in which M divides one of the forbidden numbers, so that unwanted terms survive.</summary>
    [Theory]
    [InlineData(4, -2)]
    [InlineData(6, 2)]
    [InlineData(5, -2)]
    [InlineData(3, 1)]
    public void CertificateRejectsPhasesThatDoNotCancel(int units, int step) =>
        Certified.Rejects(ModularAddition.Create(ModularAddition.Quick with { UnitsPerFrequency = units, PhaseStep = step }, 0), "logits are");

    /// <summary>Mutant: the truth with two blocks exchanged.</summary>
    [Fact]
    public void CertificateRejectsSwappedBlocks()
    {
        var model = ModularAddition.Create(ModularAddition.Quick, 0);
        var planted = model.Truth.Subnetworks;
        var swapped = model with { Truth = model.Truth with { Subnetworks = [planted[1], planted[0], planted[2]] } };
        Certified.Rejects(swapped, "ablating frequency 3");
    }

    /// <summary>Mutant: a unit that is counted to the wrong frequency.</summary>
    [Fact]
    public void CertificateRejectsAUnitInTheWrongBlock()
    {
        var model = ModularAddition.Create(ModularAddition.Quick, 0);
        var (first, second) = (model.Truth.Subnetworks[0], model.Truth.Subnetworks[1]);
        var (own, other) = ((CoordinateSubspace)first.Subspace, (CoordinateSubspace)second.Subspace);
        var wrong = new CoordinateSubspace(own.AmbientDimension, [.. own.Indices.Skip(1).Append(other.Indices[0]).Order()]);
        var mutant = first with { Subspace = wrong, Component = wrong.Project(model.Model.Parameters.unsqueeze(0)).squeeze(0) };
        var truth = model.Truth with { Subnetworks = [mutant, second, model.Truth.Subnetworks[2]] };
        Certified.Rejects(model with { Truth = truth }, "ablating frequency 3");
        Certified.Rejects(model with { Truth = truth }, "mutually orthogonal");
        Certified.Rejects(model with { Truth = truth }, "add up");
    }

    /// <summary>The sizes and frequencies that the grader's check values refer to.</summary>
    [Fact]
    public void SeedZeroIsTheReferenceModel()
    {
        var model = ToyModelCatalog.Create("modular-addition");
        Assert.Equal(1242, model.Model.Network.Layout.Length);
        Assert.Equal(["frequency 3", "frequency 5", "frequency 8"], model.Truth.Subnetworks.Select(subnetwork => subnetwork.Name));
        Assert.All(model.Truth.Subnetworks, subnetwork => Assert.Equal(414, subnetwork.Subspace.Dimension));
    }

    /// <summary>Rejects a unit order from which the blocks can be read, in any seed.</summary>
    [Property(MaxTest = 20)]
    public void UnitsOfAFrequencyAreNotContiguous(ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = ModularAddition.Create(ModularAddition.Quick, seed);
        foreach (var planted in model.Truth.Subnetworks)
        {
            // The first |M|·p indices of a block are its rows of w_a.
            var units = ((CoordinateSubspace)planted.Subspace).Indices.Take(6 * 23).Select(index => index / 23).Distinct().ToArray();
            Assert.Equal(6, units.Length);
            Assert.NotEqual(5, units[^1] - units[0]);
        }
    }

    /// <summary>With all frequencies the margin is M·p/4 (derived apart from the certificate's sum).</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(23)]
    public void AllFrequenciesGiveMarginMTimesPOverFour(int modulus)
    {
        var spec = new ModularAdditionSpec(modulus, (modulus - 1) / 2);
        var model = ModularAddition.Create(spec, 1);
        var logits = model.Model.Network.Forward(model.Model.Parameters, model.DataSets[0].Inputs);
        var sorted = logits.sort(1, descending: true).Values;
        var margins = sorted.select(1, 0) - sorted.select(1, 1);
        Assert.Equal(6 * modulus / 4.0, margins.min().ToDouble(), Tolerances.SameOutputs * 6 * modulus);
        Certified.Holds(model);
    }

    /// <summary>Rejects an effect plane of another frequency: the change under ablation must lie in it.</summary>
    [Property(MaxTest = 10)]
    public void AblationMovesLogitsInsideTheEffectPlaneOnly(ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = ModularAddition.Create(ModularAddition.Quick, seed);
        var (network, inputs) = (model.Model.Network, model.DataSets[0].Inputs);
        var outputs = network.Forward(model.Model.Parameters, inputs);
        foreach (var planted in model.Truth.Subnetworks)
        {
            var change = outputs - network.Forward(model.Model.Parameters - planted.Component!, inputs);
            Assert.True(planted.EffectSubspace!.ProjectOff(change).abs().max().ToDouble() < Tolerances.SameOutputs);
            Assert.True(planted.EffectSubspace.Project(change).abs().max().ToDouble() > 1);
        }
    }

    [Theory]
    [InlineData(24, 3, 6, "The modulus must be an odd prime, got 24.")]
    [InlineData(2, 1, 6, "The modulus must be an odd prime, got 2.")]
    [InlineData(7, 4, 6, "Modulus 7 has 3 frequencies; 4 were asked for.")]
    [InlineData(7, 1, 0, "A frequency needs at least one unit, got 0.")]
    public void ImpossibleSpecsAreRefused(int modulus, int count, int units, string message) => Assert.Equal(
        message, Assert.Throws<ArgumentException>(() => ModularAddition.Create(new ModularAdditionSpec(modulus, count, units), 0)).Message);
}
