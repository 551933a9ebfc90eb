using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The final Rayleigh–Ritz step: pairs within the span of given vectors, from fresh float64 products, with explicit residuals and the measured noise. In
/// the units of a <see cref="MeasuredOperator"/>; pairs are in reported order.
/// </summary>
/// <param name="Values">Ritz values, <c>[k]</c>.</param>
/// <param name="Vectors">Orthonormal Ritz vectors <c>[k, n]</c>.</param>
/// <param name="Residuals">‖Av − λv‖, <c>[k]</c>.</param>
/// <param name="Norm">‖A‖ as far as seen.</param>
/// <param name="Noise">η of the products, at least <see cref="Tolerances.LeastNoise"/>.</param>
/// <param name="RoundingError">Rounding of values and residuals: noise of the float64 products times ‖A‖.</param>
/// <param name="Asymmetry">Largest <c>|uᵀAv − vᵀAu|</c> between the vectors, relative to ‖A‖.</param>
internal sealed record RayleighRitz(
    double[] Values, Tensor Vectors, double[] Residuals, double Norm, double Noise, double RoundingError, double Asymmetry)
{
    /// <summary>Takes the step with k + 2 float64 products, and k + 1 in working precision where that is lower.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="rows">Linearly independent vectors <c>[k, n]</c>, k ≥ 1; orthonormalised here.</param>
    /// <param name="end">Determines the order.</param>
    /// <param name="normSeen">A lower bound of ‖A‖ known so far.</param>
    /// <param name="seed">Seed of the noise probe.</param>
    internal static RayleighRitz Step(MeasuredOperator op, Tensor rows, SpectrumEnd end, double normSeen, ulong seed)
    {
        using var scope = NewDisposeScope();
        var (basis, turn) = Orthonormal(rows);
        var probe = Blocks.Gaussian(RandomSource.Named(seed, "noise"), 1, rows.shape[1]);
        probe /= probe.norm();
        var (products, probed) = (op.MultiplyReference(basis), op.MultiplyReference(probe));

        var projected = turn.matmul(basis.matmul(products.transpose(0, 1))).matmul(turn.transpose(0, 1));
        var (values, coefficients) = linalg.eigh((projected + projected.transpose(0, 1)) / 2);
        var ritz = Blocks.ToArray(values);
        var order = SpectrumOrder.Reported(end, ritz);
        var rotation = coefficients.transpose(0, 1).index_select(0, tensor(order.Select(i => (long)i).ToArray())).matmul(turn);
        double[] ordered = [.. order.Select(i => ritz[i])];
        var vectors = rotation.matmul(basis);
        var residuals = ExplicitResiduals(rotation, products, vectors, ordered);

        var norm = Math.Max(normSeen, ordered.Max(Math.Abs));
        var linearity = norm == 0 ? 0 : Nonlinearity(op, [(basis, products), (probe, probed)]) / norm;
        var rounding = Math.Max(Tolerances.LeastNoise(rows.shape[1]), linearity);
        var noise = norm == 0 || !op.HasReference
            ? rounding
            : Math.Max(rounding, Math.Max(Deviation(op, basis, products), Deviation(op, probe, probed)) / norm);
        var asymmetry = norm == 0 ? 0 : (projected - projected.transpose(0, 1)).abs().max().ToDouble() / norm;
        return new RayleighRitz(ordered, vectors.MoveToOuterDisposeScope(), residuals, norm, noise, rounding * norm, asymmetry);
    }

    /// <summary>
    /// A basis V of the rows' span and a matrix S with SV orthonormal. Rows that are nearly orthonormal already, as a solver's are, keep as they are, with one
    /// Newton step towards the nearest orthonormal ones as S: two products of small matrices in the place of a decomposition.
    /// </summary>
    private static (Tensor Basis, Tensor Turn) Orthonormal(Tensor rows)
    {
        var identity = eye(rows.shape[0], rows.shape[0], ScalarType.Float64);
        var defect = identity - rows.matmul(rows.transpose(0, 1));
        return defect.abs().max().ToDouble() * rows.shape[0] <= Tolerances.NewtonDefect
            ? (rows, identity + defect / 2)
            : (linalg.qr(rows.transpose(0, 1).contiguous()).Q.transpose(0, 1).contiguous(), identity);
    }

    /// <summary>‖Av − λv‖, a few rows at a time: with all of them, most of the time would go to fresh memory.</summary>
    private static double[] ExplicitResiduals(Tensor rotation, Tensor products, Tensor vectors, double[] values)
    {
        const int few = 8;
        var residuals = new List<double>();
        for (var first = 0; first < values.Length; first += few)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(few, values.Length - first);
            var images = rotation.narrow(0, first, count).matmul(products);
            residuals.AddRange(Blocks.RowNorms(images.sub_(tensor(values[first..(first + count)]).unsqueeze(1) * vectors.narrow(0, first, count))));
        }
        return [.. residuals];
    }

    /// <summary>The largest ‖Av − (Av)₆₄‖ of the rows, the first in working precision.</summary>
    private static double Deviation(MeasuredOperator op, Tensor rows, Tensor products)
    {
        using var scope = NewDisposeScope();
        return Blocks.RowNorms(op.Multiply(rows) - products).Max();
    }

    /// <summary>‖A·Σv_i − Σ Av_i‖ for the normalised sum of the tested vectors: what float64 products leave undecided.</summary>
    private static double Nonlinearity(MeasuredOperator op, (Tensor Rows, Tensor Products)[] tested)
    {
        using var scope = NewDisposeScope();
        var weight = 1 / Math.Sqrt(tested.Sum(part => part.Rows.shape[0]));
        Tensor Sum(Func<(Tensor Rows, Tensor Products), Tensor> of) => tested.Select(part => of(part).sum(0, true)).Aggregate((x, y) => x + y) * weight;
        return (op.MultiplyReference(Sum(part => part.Rows)) - Sum(part => part.Products)).norm().ToDouble();
    }
}
