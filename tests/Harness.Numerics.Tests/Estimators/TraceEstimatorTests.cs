using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

[Properties(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
public class TraceEstimatorTests
{
    /// <summary>Kills: the sketch's share counted twice or not at all; then even an operator that the sketch sees whole has a wrong trace.</summary>
    /// <remarks>Hidden by a rotation: on a diagonal operator a few random signs may be equal on two coordinates, and the sketch sees them as one.</remarks>
    [Property]
    public void An_operator_of_low_rank_has_its_exact_trace(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec with { Family = SpectrumFamily.RankDeficient, IsHidden = true });
        Expect.None(Exact(planted, TraceEstimator.Estimate(planted.Operator, 48, (ulong)spec.Seed)));
    }

    /// <summary>Kills: random signs where unit vectors cost no more.</summary>
    [Property]
    public void With_a_product_per_dimension_the_trace_is_exact(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var estimate = TraceEstimator.Estimate(planted.Operator, Math.Max(6, spec.Dimension), (ulong)spec.Seed);
        Expect.None(Exact(planted, estimate));
        Assert.Equal((0, spec.Dimension), (estimate.Trace.StandardError, estimate.Products));
    }

    /// <summary>
    /// Signs alone have variance 2(‖A‖_F² − Σ a_ii²) per probe; the sketch only takes away from it.
    /// Kills: a sum for a mean, a share counted twice.
    /// </summary>
    [Property]
    public void It_is_within_ten_deviations_of_random_signs(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var estimate = TraceEstimator.Estimate(planted.Operator, 36, (ulong)spec.Seed);
        var deviation = Math.Sqrt(2 * planted.Eigenvalues.Sum(value => value * value) / 12);
        Assert.True(Math.Abs(estimate.Trace.Value - planted.Eigenvalues.Sum()) <= 10 * deviation + spec.Dimension * planted.Rounding, $"{estimate}");
        Assert.Equal(Math.Min(36, spec.Dimension), estimate.Products);
    }

    /// <summary>Kills: a sketch that is made and not used.</summary>
    [Fact]
    public void On_a_decaying_spectrum_it_is_far_better_than_signs_alone()
    {
        using var scope = NewDisposeScope();
        var planted = Decaying();
        var truth = planted.Eigenvalues.Sum();
        double Rms(Func<ulong, double> estimate) => Math.Sqrt(Enumerable.Range(0, 20).Average(seed => Math.Pow(estimate((ulong)seed) - truth, 2)));
        var signs = Rms(seed => SignsAlone(planted.Operator, 30, seed));
        var sketched = Rms(seed => TraceEstimator.Estimate(planted.Operator, 30, seed).Trace.Value);
        Assert.True(sketched < 0.2 * signs, $"root mean squares {sketched:g3} against {signs:g3}");
    }

    [Fact]
    public void It_is_unbiased_and_its_error_bars_are_calibrated()
    {
        using var scope = NewDisposeScope();
        var planted = Decaying();
        Expect.None(DensityChecks.Honest(Errors(planted, seed => TraceEstimator.Estimate(planted.Operator, 36, seed).Trace)));
        Expect.None(DensityChecks.Honest(Errors(planted, seed => TextbookEstimators.Trace(planted.Operator.Matrix, 36, seed, EstimatorFlaw.None))));
    }

    [Theory]
    [InlineData(EstimatorFlaw.PositiveProbes, "bias")]
    [InlineData(EstimatorFlaw.OneProbeLess, "bias")]
    [InlineData(EstimatorFlaw.SketchCountedTwice, "bias")]
    [InlineData(EstimatorFlaw.RestIgnored, "bias")]
    [InlineData(EstimatorFlaw.SpreadForError, "calibration")]
    public void A_flawed_trace_is_rejected(EstimatorFlaw flaw, string check)
    {
        using var scope = NewDisposeScope();
        var planted = Decaying();
        var errors = Errors(planted, seed => TextbookEstimators.Trace(planted.Operator.Matrix, 36, seed, flaw));
        Assert.Equal(check, DensityChecks.Honest(errors)?.Check);
    }

    [Fact]
    public void A_remainder_that_was_not_projected_is_rejected()
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.RankDeficient, 60, 1, SpectrumEnd.Largest, true, 7));
        var counted = planted.Eigenvalues.Sum() + SignsAlone(planted.Operator, 16, 3);
        Assert.Equal("trace", Exact(planted, new TraceEstimate(new EstimatedValue(counted, 0), 48))?.Check);
    }

    private static (double, double)[] Errors(PlantedSpectrum planted, Func<ulong, EstimatedValue> estimate) =>
        [.. Enumerable.Range(0, 200).Select(seed => estimate((ulong)seed)).Select(trace => (trace.Value - planted.Eigenvalues.Sum(), trace.StandardError))];

    /// <summary>Eigenvalues 0.6ⁱ + 0.01, i = 0 … 99: a sketch sees most of it, and the rest is not nothing.</summary>
    private static PlantedSpectrum Decaying() => PlantedSpectrum.Create(
        [.. Enumerable.Range(0, 100).Select(i => Math.Pow(0.6, i) + 0.01)], Numerics.Subspaces.Random(100, 100, new RandomSource(3)).Basis());

    private static double SignsAlone(DenseOperator op, int probes, ulong seed)
    {
        var random = new RandomSource(seed, 81);
        var signs = tensor(random.Gaussians(probes * op.Dimension), [probes, op.Dimension]).sign();
        return (op.Multiply(signs) * signs).sum().ToDouble() / probes;
    }

    private static Violation? Exact(PlantedSpectrum planted, TraceEstimate estimate)
    {
        var limit = planted.Eigenvalues.Length * planted.Rounding;
        var error = Math.Abs(estimate.Trace.Value - planted.Eigenvalues.Sum());
        return error <= limit && estimate.Trace.StandardError <= limit ? null : new Violation("trace", error, limit, $"{estimate}");
    }
}
