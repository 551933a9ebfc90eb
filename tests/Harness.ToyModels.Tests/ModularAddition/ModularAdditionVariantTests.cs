using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>Where the closed form holds, and what is left where it does not.</summary>
public class ModularAdditionVariantTests : Scoped
{
    public static TheoryData<int> OddPrimesUpTo113 =>
        [.. Enumerable.Range(3, 111).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0))];

    /// <summary>Rejects a construction that loses digits, or fails, at some prime: margins and every ablation to 1e-12, with three frequencies at most.</summary>
    [Theory]
    [MemberData(nameof(OddPrimesUpTo113))]
    public void ClosedFormHoldsForEveryPrime(int modulus)
    {
        var model = ModularAddition.Create(new ModularAdditionSpec(modulus, Math.Min(3, (modulus - 1) / 2)), (ulong)modulus);
        Certified.Holds(model);
    }

    /// <summary>The logits are the closed form if and only if M divides none of the listed numbers. Rejects a list that is too short or too long.</summary>
    [Property(MaxTest = 200, Arbitrary = [typeof(TiedPhases)])]
    public void LogitsAreClosedFormExactlyWhereTermsCancel(ModularAdditionSpec spec)
    {
        using var scope = NewDisposeScope();
        var model = ModularAddition.Create(spec, 1);
        var logits = model.Certificate.Examine(model).Single(result => result.Check.Name.StartsWith("logits are", StringComparison.Ordinal));
        Assert.Equal(spec.Cancels, logits.Holds);
        if (!spec.Cancels)
            Assert.True(logits.Measured > 0.5, $"{spec}: {logits.Measured}");
    }

    [Theory]
    [InlineData(6, -2, true)]
    [InlineData(7, 3, true)]
    [InlineData(8, 2, true)]
    [InlineData(4, -2, false)]
    [InlineData(6, 1, false)]
    public void TheKnownConstructions(int units, int step, bool cancels) => Assert.Equal(cancels, new ModularAdditionSpec(23, 3, units, step).Cancels);

    /// <summary>Four units never suffice, whatever their phases' ratio.</summary>
    [Fact]
    public void FourUnitsNeverCancel() => Assert.All(Enumerable.Range(-20, 41), step => Assert.False(new ModularAdditionSpec(23, 3, 4, step).Cancels));

    /// <summary>With all frequencies every wrong class is equally far away, M·p/4, at every prime.</summary>
    [Theory]
    [MemberData(nameof(OddPrimesUpTo113))]
    public void AllFrequenciesGiveMarginMTimesPOverFour(int modulus)
    {
        var spec = new ModularAdditionSpec(modulus, (modulus - 1) / 2);
        var expected = 6 * modulus / 4.0;
        Assert.Equal(expected, Classification.LeastMargin(ModularAddition.Create(spec, 1)), Tolerances.SameOutputs * expected);
    }

    /// <summary>
    /// Random phases cancel in the mean only: with all frequencies, accuracy grows with the number of units. Rejects phases that are drawn but not used
    /// (always 1), and an output phase that is not the sum of the other two (never above chance).
    /// </summary>
    [Theory]
    [InlineData(1, 0.37)]
    [InlineData(2, 0.69)]
    [InlineData(4, 0.94)]
    [InlineData(8, 0.998)]
    [InlineData(16, 1)]
    public void AccuracyGrowsWithTheNumberOfRandomUnits(int units, double expected)
    {
        var spec = new ModularAdditionSpec(23, 11, units) { HasRandomPhases = true };
        var accuracy = Enumerable.Range(0, 16).Average(seed =>
        {
            using var scope = NewDisposeScope();
            return Classification.Accuracy(ModularAddition.Create(spec, (ulong)seed));
        });
        Assert.InRange(accuracy, expected - 0.05, expected + 0.05);
    }

    /// <summary>ReLU units with s = 1 classify every pair from M = 6 on; with s = −2, which is exact for squares, they do not.</summary>
    [Theory]
    [InlineData(6, 1, true)]
    [InlineData(7, 1, true)]
    [InlineData(8, 1, true)]
    [InlineData(12, 1, true)]
    [InlineData(6, -2, false)]
    [InlineData(8, -2, false)]
    public void RectifiedUnitsNeedEqualPhases(int units, int step, bool isPerfect)
    {
        foreach (var frequencies in new[] { 3, 11 })
        {
            var model = ModularAddition.Create(new ModularAdditionSpec(23, frequencies, units, step) { IsRectified = true }, 0);
            Assert.Equal(isPerfect, Classification.Accuracy(model) == 1);
        }
    }

    /// <summary>The variants of the catalogue, at any seed: nearly every pair is classified, and frequencies share nothing. Rejects phases or a rectifier that are said and not used.</summary>
    [Property(MaxTest = 4)]
    public void CatalogueVariantsHoldForEverySeed(ulong seed)
    {
        foreach (var id in new[] { "modular-addition-relu", "modular-addition-random-phases" })
        {
            using var scope = NewDisposeScope();
            var model = ToyModelCatalog.Create(id, seed);
            Certified.Holds(model);
            Assert.Equal(id.EndsWith("relu", StringComparison.Ordinal), model.Model.Network.Operations.Any(operation => operation is ReluOperation));
            // Tied phases repeat: unit 0 of every frequency has phase 0, so that w_a is exactly 1 at residue 0.
            var first = model.Model.Network.Layout.Split(model.Model.Parameters)[0].select(1, 0);
            Assert.Equal(id.EndsWith("relu", StringComparison.Ordinal) ? model.Truth.Subnetworks.Count : 0, first.eq(1).sum().ToInt64());
        }
    }

    /// <summary>Mutants: ReLU units with the phases of squares; a single unit of random phase; both classify too few pairs.</summary>
    [Fact]
    public void CertificateRejectsVariantsThatDoNotClassify()
    {
        var rectified = ModularAddition.Quick with { IsRectified = true, LeastAccuracy = 1 };
        Certified.Rejects(ModularAddition.Create(rectified, 0), "pairs are classified");
        Certified.Holds(ModularAddition.Create(rectified with { PhaseStep = 1 }, 0), "pairs are classified");
        var random = new ModularAdditionSpec(23, 11, 1) { HasRandomPhases = true, LeastAccuracy = 0.99 };
        Certified.Rejects(ModularAddition.Create(random, 0), "pairs are classified");
    }

    /// <summary>
    /// Mutants where all frequencies are taken out in one check: two blocks under each other's names; two units' weights exchanged; a weight that nobody has.
    /// </summary>
    [Fact]
    public void CertificateOfAllFrequenciesRejectsWrongTruths()
    {
        var model = ModularAddition.Create(new ModularAdditionSpec(23, 11), 0);
        Certified.Holds(model);
        Certified.Rejects(model.WithSubnetworksExchanged(9, 10), "ablating any one frequency");
        var exchanged = model.WithCoordinatesExchanged((3, Mutations.Indices(model, 3)[0]), (8, Mutations.Indices(model, 8)[0]));
        Certified.Rejects(exchanged, "ablating any one frequency");
        Certified.Rejects(exchanged, "each of two halves");
        Certified.Rejects(model.WithoutCoordinate(10, Mutations.Indices(model, 10)[^1]), "add up");
    }

    /// <summary>Where there is no closed form the frequencies still share nothing, in every disguise. Rejects ReLU units rescaled as squares.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void VariantsAreCertifiedToo(bool random, bool rectified)
    {
        var model = ModularAddition.Create(ModularAddition.Quick with { HasRandomPhases = random, IsRectified = rectified }, 2);
        Certified.Holds(model);
        Certified.Holds(Disguises.Apply(model, DisguiseKind.Rescale, 0));
        Certified.Rejects(model.WithCoordinatesExchanged((0, Mutations.Indices(model, 0)[0]), (1, Mutations.Indices(model, 1)[0])), "Fourier plane");
    }

    /// <summary>Any number of units and any integer ratio of phases.</summary>
    public static class TiedPhases
    {
        public static Arbitrary<ModularAdditionSpec> Any() =>
            (from modulus in Gen.Elements(5, 7, 11, 13)
             from units in Gen.Choose(1, 12)
             from step in Gen.Choose(-6, 6)
             select new ModularAdditionSpec(modulus, 1, units, step)).ToArbitrary();
    }
}
