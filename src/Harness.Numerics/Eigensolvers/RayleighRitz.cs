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
        var (k, n) = (rows.shape[0], rows.shape[1]);
        var basis = Orthonormal(rows);
        var probe = Blocks.Gaussian(RandomSource.Named(seed, "noise"), 1, n);
        var tested = cat([basis, probe / probe.norm()], 0);
        var products = op.MultiplyReference(tested);

        var images = products.narrow(0, 0, k);
        var projected = basis.matmul(images.transpose(0, 1));
        var (values, coefficients) = linalg.eigh((projected + projected.transpose(0, 1)) / 2);
        var ritz = Blocks.ToArray(values);
        var order = SpectrumOrder.Reported(end, ritz);
        var rotation = coefficients.transpose(0, 1).index_select(0, tensor(order.Select(i => (long)i).ToArray()));
        double[] ordered = [.. order.Select(i => ritz[i])];
        var vectors = rotation.matmul(basis);
        var residuals = Blocks.RowNorms(rotation.matmul(images) - tensor(ordered).unsqueeze(1) * vectors);

        var norm = Math.Max(normSeen, ordered.Max(Math.Abs));
        var linearity = norm == 0 ? 0 : Nonlinearity(op, tested, products) / norm;
        var rounding = Math.Max(Tolerances.LeastNoise(n), linearity);
        var noise = norm == 0 || !op.HasReference ? rounding : Math.Max(rounding, Blocks.RowNorms(op.Multiply(tested) - products).Max() / norm);
        var asymmetry = norm == 0 ? 0 : (projected - projected.transpose(0, 1)).abs().max().ToDouble() / norm;
        return new RayleighRitz(ordered, vectors.MoveToOuterDisposeScope(), residuals, norm, noise, rounding * norm, asymmetry);
    }

    /// <summary>
    /// An orthonormal basis of the rows' span. Rows that are nearly orthonormal already, as a solver's are, take one Newton step towards the nearest
    /// orthonormal ones, two matrix products in the place of a decomposition.
    /// </summary>
    private static Tensor Orthonormal(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var defect = eye(rows.shape[0], rows.shape[0], ScalarType.Float64) - rows.matmul(rows.transpose(0, 1));
        var basis = defect.abs().max().ToDouble() * rows.shape[0] <= Tolerances.NewtonDefect
            ? rows + defect.matmul(rows) / 2
            : linalg.qr(rows.transpose(0, 1).contiguous()).Q.transpose(0, 1).contiguous();
        return basis.MoveToOuterDisposeScope();
    }

    /// <summary>‖A·Σv_i − Σ Av_i‖ for the normalised sum of the tested vectors: what float64 products leave undecided.</summary>
    private static double Nonlinearity(MeasuredOperator op, Tensor tested, Tensor products)
    {
        using var scope = NewDisposeScope();
        var weight = 1 / Math.Sqrt(tested.shape[0]);
        var sum = tested.sum(0, true) * weight;
        return (op.MultiplyReference(sum) - products.sum(0, true) * weight).norm().ToDouble();
    }
}
