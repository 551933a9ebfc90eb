using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

[Properties(Arbitrary = [typeof(Specs)], MaxTest = 30, QuietOnSuccess = true)]
public class SpectralDensityTests
{
    private static DensityRequest Request(int seed) => new(12, 40, (ulong)seed);

    [Property]
    public void It_is_the_planted_density_within_its_error(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var density = SpectralDensity.Estimate(planted.Operator, Request(spec.Seed));
        Expect.None(DensityChecks.All(planted, density));
        Assert.InRange(density.Products, density.Quadratures.Count, 12 * Math.Min(40, spec.Dimension));
    }

    /// <summary>Kills: a node moved off zero, mass lost to exhausted Krylov spaces.</summary>
    [Property]
    public void A_rank_deficient_operator_has_an_atom_at_zero(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec with { Family = SpectrumFamily.RankDeficient });
        var atom = SpectralDensity.Estimate(planted.Operator, Request(spec.Seed)).Share(-Tolerances.SameNode, Tolerances.SameNode);
        var share = planted.Eigenvalues.Average(value => value == 0 ? 1.0 : 0);
        var deviation = Math.Sqrt(2 * share * (1 - share) / (spec.Dimension + 2) / 12);
        Assert.True(Math.Abs(atom.Value - share) <= 10 * deviation + Tolerances.SameOutputs, $"{atom} instead of {share}");
    }

    /// <summary>Kills: a tolerance in absolute numbers, a square that overflows.</summary>
    [Theory]
    [InlineData(600)]
    [InlineData(-600)]
    public void The_scale_of_the_operator_only_scales_the_answer(int exponent)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.OutlierAndBulk, 60, 1, SpectrumEnd.Largest, true, 4));
        var expected = SpectralDensity.Estimate(planted.Operator, Request(4));
        var scaled = SpectralDensity.Estimate(new DenseOperator(planted.Operator.Matrix * Math.ScaleB(1, exponent)), Request(4));
        Assert.Equal(expected.Grid, scaled.Grid.Select(x => Math.ScaleB(x, -exponent)));
        Assert.Equal(expected.Density, scaled.Density.Select(x => Math.ScaleB(x, exponent)));
        Assert.Equal(expected.Mean.StandardError, Math.ScaleB(scaled.Mean.StandardError, -exponent));
    }

    [Fact]
    public void It_is_unbiased_and_its_error_bars_are_calibrated()
    {
        Expect.None(Calibration((op, request) => SpectralDensity.Estimate(op, request)));
        Expect.None(Calibration((op, request) => TextbookDensity.Estimate(op, request, DensityFlaw.None)));
        Assert.Equal("calibration", Calibration((op, request) => TextbookDensity.Estimate(op, request, DensityFlaw.SpreadForError))?.Check);
        // Errors without any bar are both.
        Assert.NotNull(Calibration((op, request) => TextbookDensity.Estimate(op, request, DensityFlaw.OneProbe)));
    }

    [Theory]
    [InlineData(DensityFlaw.WeightsNotSquared, "mass of a probe")]
    [InlineData(DensityFlaw.ProbesNotNormalised, "mass of a probe")]
    [InlineData(DensityFlaw.KernelNotNormalised, "mass")]
    [InlineData(DensityFlaw.ColumnsAsRows, "mean, density")]
    [InlineData(DensityFlaw.NoReorthogonalisation, "copies")]
    public void A_flawed_estimate_is_rejected(DensityFlaw flaw, string checks)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.OutlierAndBulk, 100, 1, SpectrumEnd.Largest, true, 8));
        for (var seed = 0; seed < 3; seed++)
        {
            Assert.Contains(DensityChecks.All(planted, TextbookDensity.Estimate(planted.Operator, Request(seed), flaw))?.Check, checks.Split(", "));
            Expect.None(DensityChecks.All(planted, TextbookDensity.Estimate(planted.Operator, Request(seed), DensityFlaw.None)));
        }
    }

    /// <summary>Kills: a seed from the clock, or one that is ignored.</summary>
    [Fact]
    public void Equal_seeds_give_equal_bits_and_other_seeds_do_not()
    {
        using var scope = NewDisposeScope();
        var op = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.Indefinite, 50, 1, SpectrumEnd.Largest, true, 4)).Operator;
        Assert.Equal(SpectralDensity.Estimate(op, Request(1)).Density, SpectralDensity.Estimate(op, Request(1)).Density);
        Assert.NotEqual(SpectralDensity.Estimate(op, Request(1)).Mean, SpectralDensity.Estimate(op, Request(2)).Mean);
    }

    [Fact]
    public void Requests_out_of_range_are_refused()
    {
        using var scope = NewDisposeScope();
        var op = new DenseOperator(eye(3, 3, ScalarType.Float64));
        foreach (var request in new[] { new DensityRequest(Probes: 1), new(Steps: 1), new() { RelativeWidth = 0 }, new() { RelativeWidth = double.NaN } })
            Assert.ThrowsAny<ArgumentOutOfRangeException>(() => SpectralDensity.Estimate(op, request));
    }

    /// <summary>Errors that error bars of the right length do not show, because they are the same every time.</summary>
    [Theory]
    [InlineData(DensityFlaw.PositiveProbes)]
    [InlineData(DensityFlaw.OneProbeLess)]
    public void A_biased_mean_is_rejected(DensityFlaw flaw) =>
        Assert.Equal("bias", Calibration((op, request) => TextbookDensity.Estimate(op, request, flaw))?.Check);

    private static Violation? Calibration(Func<DenseOperator, DensityRequest, SpectralDensity> estimate)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.WellSeparated, 40, 1, SpectrumEnd.Largest, true, 6));
        var truth = planted.Eigenvalues.Average();
        return DensityChecks.Honest(Enumerable.Range(0, 60)
            .Select(seed => estimate(planted.Operator, new DensityRequest(10, 6, (ulong)seed)).Mean)
            .Select(mean => (mean.Value - truth, mean.StandardError)).ToArray());
    }
}
