using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>The diagonal as the mean of <c>z ∘ Az</c> over random signs z: unbiased, exact for a diagonal operator.</summary>
/// <remarks>C. Bekas, E. Kokiopoulou, Y. Saad, "An estimator for the diagonal of a matrix", 2007.</remarks>
public static class DiagonalEstimator
{
    /// <summary>Estimates <c>diag A</c>.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="probes">Random vectors, one product each, at least 2. With n or more the diagonal is exact, by n products with unit vectors.</param>
    /// <param name="seed">Seed of the probes. Equal seeds give equal bits.</param>
    /// <param name="progress">Receives the share of the work done, 0 … 1.</param>
    /// <param name="cancellation">Honoured before every product.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NonFiniteProductException">A product held NaN or infinity.</exception>
    public static DiagonalEstimate Estimate(
        ISymmetricOperator op, int probes = 30, ulong seed = 0, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 2);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var n = op.Dimension;
        var measured = new MeasuredOperator(op, cancellation);
        var random = RandomSource.Named(seed, "diagonal");
        var isExact = probes >= n;
        var count = isExact ? n : probes;
        // Running mean and sum of squared deviations (Welford): the probes are never held together.
        var (mean, squares) = (zeros(n, ScalarType.Float64), zeros(n, ScalarType.Float64));
        for (long i = 0; i < count; i++)
        {
            using var inner = NewDisposeScope();
            var probe = isExact ? UnitVectors.Row(n, i) : Rademacher.Rows(random, 1, n);
            var sample = (probe * measured.Multiply(probe))[0];
            if (isExact)
            {
                mean.add_(sample);
            }
            else
            {
                var change = sample - mean;
                mean.add_(change / (i + 1));
                squares.add_(change * (sample - mean));
            }
            progress?.Report((i + 1) / (double)count);
        }
        var errors = (squares / Math.Max(1, (count - 1.0) * count)).sqrt();
        return new DiagonalEstimate(
            (mean * measured.Scale).MoveToOuterDisposeScope(), (errors * measured.Scale).MoveToOuterDisposeScope(), measured.Products);
    }
}
