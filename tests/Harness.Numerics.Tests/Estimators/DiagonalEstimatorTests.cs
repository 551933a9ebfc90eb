using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

[Properties(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
public class DiagonalEstimatorTests
{
    /// <summary>Kills: Gaussian probes without their norm, which are right on average only.</summary>
    [Property]
    public void A_diagonal_operator_is_known_exactly(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec with { IsHidden = false });
        var estimate = DiagonalEstimator.Estimate(planted.Operator, 3, (ulong)spec.Seed);
        Expect.Close(tensor(planted.Eigenvalues), estimate.Values, planted.Rounding);
        Expect.Close(zeros(spec.Dimension, ScalarType.Float64), estimate.StandardErrors, planted.Rounding);
    }

    /// <summary>Kills: random probes where unit vectors cost no more, a unit vector left out.</summary>
    [Property]
    public void With_a_product_per_dimension_the_diagonal_is_exact(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec with { IsHidden = true });
        var estimate = DiagonalEstimator.Estimate(planted.Operator, Math.Max(2, spec.Dimension), (ulong)spec.Seed);
        Expect.Close(planted.Operator.Matrix.diagonal(0, 0, 1), estimate.Values, planted.Rounding);
        Expect.Close(zeros(spec.Dimension, ScalarType.Float64), estimate.StandardErrors, 0);
        Assert.Equal(spec.Dimension, estimate.Products);
    }

    /// <summary>Per entry the variance of a probe is Σ_{j≠i} a_ij². Kills: a sum for a mean, the wrong axis.</summary>
    [Property]
    public void It_is_within_ten_deviations_of_the_truth(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec with { IsHidden = true });
        var matrix = planted.Operator.Matrix;
        var diagonal = matrix.diagonal(0, 0, 1);
        var estimate = DiagonalEstimator.Estimate(planted.Operator, 12, (ulong)spec.Seed);
        var deviations = ((matrix.square().sum(1) - diagonal.square()).clamp_min(0) / 12).sqrt();
        var excess = ((estimate.Values - diagonal).abs() - 10 * deviations).max().ToDouble();
        Assert.True(excess <= spec.Dimension * planted.Rounding, $"{excess:g3} beyond ten deviations");
    }

    [Fact]
    public void It_is_unbiased_and_its_error_bars_are_calibrated()
    {
        using var scope = NewDisposeScope();
        var matrix = Matrix();
        Expect.None(DensityChecks.Honest(Errors(matrix, seed =>
        {
            var estimate = DiagonalEstimator.Estimate(new DenseOperator(matrix), 20, seed);
            return [.. Expect.Numbers(estimate.Values).Zip(Expect.Numbers(estimate.StandardErrors), (value, error) => new EstimatedValue(value, error))];
        })));
        Expect.None(DensityChecks.Honest(Errors(matrix, seed => TextbookEstimators.Diagonal(matrix, 20, seed, EstimatorFlaw.None))));
    }

    [Theory]
    [InlineData(EstimatorFlaw.PositiveProbes, "bias")]
    [InlineData(EstimatorFlaw.OneProbeLess, "bias")]
    [InlineData(EstimatorFlaw.SpreadForError, "calibration")]
    public void A_flawed_diagonal_is_rejected(EstimatorFlaw flaw, string check)
    {
        using var scope = NewDisposeScope();
        var matrix = Matrix();
        Assert.Equal(check, DensityChecks.Honest(Errors(matrix, seed => TextbookEstimators.Diagonal(matrix, 20, seed, flaw)))?.Check);
    }

    /// <summary>Eigenvalues 101 … 200: no entry of the diagonal is small.</summary>
    private static Tensor Matrix() => eye(100, 100, ScalarType.Float64) * 100
        + PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.WellSeparated, 100, 1, SpectrumEnd.Largest, true, 6)).Operator.Matrix;

    /// <summary>Of one entry in every estimate, each seed another: entries of one estimate share their probes and are no independent sample.</summary>
    private static (double, double)[] Errors(Tensor matrix, Func<ulong, EstimatedValue[]> estimate)
    {
        var truth = Expect.Numbers(matrix.diagonal(0, 0, 1));
        return [.. Enumerable.Range(0, 200).Select(seed => (Estimate: estimate((ulong)seed)[seed % 100], Truth: truth[seed % 100]))
            .Select(pair => (pair.Estimate.Value - pair.Truth, pair.Estimate.StandardError))];
    }
}
