using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The trace by Hutch++: exactly on the range of a random sketch of the operator, by random signs on what is left. Unbiased; where the spectrum
/// decays, its variance is far below that of random signs alone.
/// </summary>
/// <remarks>R. Meyer, C. Musco, C. Musco, D. Woodruff, "Hutch++: optimal stochastic trace estimation", 2021.</remarks>
public static class TraceEstimator
{
    /// <summary>Fewest products: two for the sketch, up to two on its range, two for an error bar.</summary>
    public const int LeastProducts = 6;

    /// <summary>Estimates <c>tr A</c>.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="products">
    /// Products to spend, at least <see cref="LeastProducts"/>; a third each for the sketch, its range and the rest. With n or more the trace
    /// is exact, by n products with unit vectors.
    /// </param>
    /// <param name="seed">Seed of the random signs. Equal seeds give equal bits.</param>
    /// <param name="progress">Receives the share of the work done, 0 … 1.</param>
    /// <param name="cancellation">Honoured before every product.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NonFiniteProductException">A product held NaN or infinity.</exception>
    public static TraceEstimate Estimate(
        ISymmetricOperator op, int products = 90, ulong seed = 0, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentOutOfRangeException.ThrowIfLessThan(products, LeastProducts);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var n = op.Dimension;
        var measured = new MeasuredOperator(op, cancellation);
        var random = RandomSource.Named(seed, "trace");
        if (products >= n)
        {
            var diagonal = QuadraticForms(measured, n, i => UnitVectors.Row(n, i), n, progress);
            return new TraceEstimate(new EstimatedValue(diagonal.Sum() * measured.Scale, 0), measured.Products);
        }

        var sketch = Sketch(measured, products / 3, random, products, progress);
        var range = QuadraticForms(measured, sketch.Dimension, i => Row(sketch, i), products, progress).Sum();
        var rest = QuadraticForms(
            measured, products - measured.Products, _ => sketch.ProjectOff(Rademacher.Rows(random, 1, n)), products, progress);
        var remainder = EstimatedValue.Of(rest);
        return new TraceEstimate(
            new EstimatedValue((range + remainder.Value) * measured.Scale, remainder.StandardError * measured.Scale), measured.Products);
    }

    /// <summary>The range of A on random signs, at most <paramref name="count"/> dimensions.</summary>
    private static DenseSubspace Sketch(MeasuredOperator op, int count, RandomSource random, int products, IProgress<double>? progress)
    {
        using var scope = NewDisposeScope();
        var images = new List<Tensor>();
        for (var i = 0; i < count; i++)
        {
            images.Add(op.Multiply(Rademacher.Rows(random, 1, op.Dimension)));
            progress?.Report(op.Products / (double)products);
        }
        var range = DenseSubspace.Span(cat(images, 0));
        range.MoveToOuterDisposeScope();
        return range;
    }

    /// <summary><c>vᵀAv</c> for each of some vectors <c>[1, n]</c>.</summary>
    private static double[] QuadraticForms(MeasuredOperator op, long count, Func<long, Tensor> vector, long products, IProgress<double>? progress)
    {
        var forms = new double[count];
        for (long i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            var row = vector(i);
            forms[i] = (row * op.Multiply(row)).sum().ToDouble();
            progress?.Report(op.Products / (double)products);
        }
        return forms;
    }

    private static Tensor Row(DenseSubspace subspace, long index) => subspace.Basis().narrow(0, index, 1);
}
