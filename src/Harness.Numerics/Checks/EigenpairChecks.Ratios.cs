using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

public static partial class EigenpairChecks
{
    /// <summary>Largest dimension for which <see cref="Ratios"/> writes the matrix out, unless told otherwise: 500.</summary>
    public const long DenseDimension = 500;

    /// <summary>
    /// All that can be checked of an answer and its operator, as ratios; every number is computed here, from fresh products, and none is taken from the
    /// answer but those on trial. Costs k + 5 products, and n more where the matrix is written out.
    /// </summary>
    /// <param name="op">The operator.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="pairs">The answer; at least one pair.</param>
    /// <param name="denseDimension">Largest dimension for which the matrix is written out and decomposed.</param>
    public static IReadOnlyList<MeasuredRatio> Ratios(
        ISymmetricOperator op, EigenRequest request, Eigenpairs pairs, long denseDimension = DenseDimension)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pairs);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var resolution = pairs.Noise * pairs.Norm;
        var residuals = TrueResiduals(op, pairs);
        double[] claims = [.. residuals.Zip(pairs.Residuals, (left, right) => Math.Abs(left - right))];
        double[] limits = [.. pairs.ResidualLimits.Select(limit => limit + Tolerances.ClaimedResidualRatio * resolution)];
        var unit = Tolerances.Orthonormality(pairs.Count, op.Dimension) / Tolerances.OrthonormalityRatio;
        var dense = op.Dimension <= denseDimension ? DenseRatios(op, request, pairs) : [];
        return
        [
            new("residual", "‖Hv − λv‖ / (‖H‖·max(tol, η))", Ratio(residuals.Max(), pairs.Norm * Math.Max(request.Tolerance, pairs.Noise)),
                Tolerances.ResidualRatio, nameof(Tolerances.ResidualRatio)),
            new("stopping rule", "‖Hv − λv‖ / (its limit + 10η‖H‖)", residuals.Zip(limits, Ratio).Max(), 1, nameof(Tolerances.NoiseFloor)),
            new("claimed residual", "|claimed − true ‖Hv − λv‖| / (η‖H‖)", Ratio(claims.Max(), resolution),
                Tolerances.ClaimedResidualRatio, nameof(Tolerances.ClaimedResidualRatio)),
            new("orthonormality", "max |VVᵀ − I| / (max(k, √n)·u)", Orthonormality.Deviation(pairs.Vectors) / unit,
                Tolerances.OrthonormalityRatio, nameof(Tolerances.Orthonormality)),
            .. dense,
            .. OperatorChecks.Ratios(op, pairs.Noise, pairs.Norm, request.Seed),
        ];
    }

    /// <summary>The written-out matrix against its decomposition, and the answer's values against its eigenvalues.</summary>
    private static IReadOnlyList<MeasuredRatio> DenseRatios(ISymmetricOperator op, EigenRequest request, Eigenpairs pairs)
    {
        var n = op.Dimension;
        var measured = new MeasuredOperator(op, CancellationToken.None);
        var matrix = WrittenOut.Matrix(measured, null).Symmetric;
        var (values, vectors) = linalg.eigh(matrix);
        var left = ColumnNorm(matrix - vectors.matmul(values.unsqueeze(1) * vectors.transpose(0, 1)));
        double[] spectrum = [.. Blocks.ToArray(values).Select(value => value * measured.Scale)];
        var rounding = Tolerances.DenseEigenvalue(n) * spectrum.Max(Math.Abs);
        var wanted = Wanted(request, spectrum);
        double Shown(double value) => request.End == SpectrumEnd.Magnitude ? Math.Abs(value) : value;
        var errors = wanted.Select((index, i) => i >= pairs.Count
            ? double.PositiveInfinity
            : Ratio(Math.Abs(Shown(spectrum[index]) - Shown(pairs.Values[i])), ClusterOf(pairs, i).Max(j => pairs.ValueBounds[j]) + rounding));
        return
        [
            new("dense decomposition", "‖A − WΛWᵀ‖ / (n·‖A‖·u), A written out", Ratio(left, ColumnNorm(matrix) * n * Tolerances.UnitRoundoff64),
                Tolerances.Reconstruction(n) / (n * Tolerances.UnitRoundoff64), nameof(Tolerances.Reconstruction)),
            new("eigenvalues", "|λ − Λ| / (its bound + n·u·‖A‖), copies counted", errors.Max(), 1, nameof(Tolerances.DenseEigenvalue)),
        ];
    }

    private static double Ratio(double measured, double unit) => measured == 0 ? 0 : measured / unit;
}
