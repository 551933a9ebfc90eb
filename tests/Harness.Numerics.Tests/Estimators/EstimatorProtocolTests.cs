using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>What all estimators share: counts, progress, cancellation, determinism, errors, memory.</summary>
public class EstimatorProtocolTests
{
    private delegate long Estimator(ISymmetricOperator op, IProgress<double>? progress, CancellationToken cancellation);

    public static TheoryData<string> Names => ["density", "trace", "diagonal"];

    /// <summary>Kills: blocks counted as one product, progress that jumps back.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Products_are_counted_and_progress_rises_to_one(string name)
    {
        using var scope = NewDisposeScope();
        var (counting, seen) = (new CountingOperator(Indefinite()), new Reports());
        Assert.Equal(Named(name)(counting, seen, default), counting.Products);
        Assert.Equal(seen.Values.Order(), seen.Values);
        Assert.Equal(1, seen.Values[^1], Tolerances.SameEntries);
    }

    /// <summary>Kills: a token that is asked only between probes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Cancellation_stops_before_the_next_product(string name)
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        var cancelling = new CancellingOperator(Indefinite(), source, 3);
        Assert.Throws<OperationCanceledException>(() => Named(name)(cancelling, null, source.Token));
        Assert.Equal(3, cancelling.Products);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_product_that_is_not_finite_is_an_error(string name)
    {
        using var scope = NewDisposeScope();
        var broken = new ShiftedOperator(new NaNOperator(40), 1);
        Assert.Throws<NonFiniteProductException>(() => Named(name)(broken, null, default));
    }

    /// <summary>Kills: a seed from the clock, or one that is ignored.</summary>
    [Fact]
    public void Equal_seeds_give_equal_bits()
    {
        using var scope = NewDisposeScope();
        var op = Indefinite();
        Assert.Equal(TraceEstimator.Estimate(op, 12, 5), TraceEstimator.Estimate(op, 12, 5));
        Assert.NotEqual(TraceEstimator.Estimate(op, 12, 5), TraceEstimator.Estimate(op, 12, 6));
        Assert.Equal(Expect.Numbers(DiagonalEstimator.Estimate(op, 4, 5).Values), Expect.Numbers(DiagonalEstimator.Estimate(op, 4, 5).Values));
        Assert.NotEqual(Expect.Numbers(DiagonalEstimator.Estimate(op, 4, 5).Values), Expect.Numbers(DiagonalEstimator.Estimate(op, 4, 6).Values));
    }

    /// <summary>Kills: results that die with the scope that made them, workings that survive it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_outlives_the_callers_scope(string name)
    {
        using var outer = NewDisposeScope();
        var op = Indefinite();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
            Named(name)(op, null, default);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Estimator Named(string name) => name switch
    {
        "density" => (op, progress, token) => SpectralDensity.Estimate(op, new DensityRequest(3, 10), progress, token).Products,
        "trace" => (op, progress, token) => TraceEstimator.Estimate(op, 12, 0, progress, token).Products,
        _ => (op, progress, token) => DiagonalEstimator.Estimate(op, 5, 0, progress, token).Products,
    };

    private static DenseOperator Indefinite() =>
        PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.Indefinite, 40, 1, SpectrumEnd.Largest, true, 2)).Operator;

    private sealed class Reports : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }

    private sealed class CancellingOperator(ISymmetricOperator inner, CancellationTokenSource source, int after) : ISymmetricOperator
    {
        public long Dimension => inner.Dimension;

        public int Products { get; private set; }

        public Tensor Multiply(Tensor block)
        {
            if (++Products == after)
                source.Cancel();
            return inner.Multiply(block);
        }
    }

    private sealed class NaNOperator(long dimension) : ISymmetricOperator
    {
        public long Dimension => dimension;

        public Tensor Multiply(Tensor block) => block * double.NaN;
    }
}
