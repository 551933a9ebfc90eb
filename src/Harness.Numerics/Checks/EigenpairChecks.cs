using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// What every eigensolver's answer must satisfy. Each check recomputes what it judges, believes no claim, and returns null when it holds.
/// </summary>
public static partial class EigenpairChecks
{
    /// <summary>As many pairs as asked (at most n), finite, of the right shapes.</summary>
    public static Violation? Shape(ISymmetricOperator op, EigenRequest request, Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pairs);
        var expected = Math.Min(request.Count, op.Dimension);
        var isShaped = pairs.Vectors.shape.AsSpan().SequenceEqual([pairs.Count, op.Dimension]) && pairs.Residuals.Length == pairs.Count;
        if (pairs.Count != expected || !isShaped)
            return new Violation("shape", pairs.Count, expected, $"pairs, with vectors [{string.Join(", ", pairs.Vectors.shape)}] and {pairs.Residuals.Length} residuals");
        using var scope = NewDisposeScope();
        var isFinite = pairs.Values.All(double.IsFinite) && pairs.Vectors.isfinite().all().item<bool>();
        return isFinite ? null : new Violation("shape", double.NaN, 0, "a value or vector is not finite");
    }

    /// <summary><c>|VVᵀ − I|</c> at most <see cref="Tolerances.Orthonormality"/>.</summary>
    public static Violation? Orthonormal(Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return Violation.Unless(
            "orthonormality", Orthonormality.Deviation(pairs.Vectors), Tolerances.Orthonormality(pairs.Count, pairs.Vectors.shape[1]), "max |VVᵀ − I|");
    }

    /// <summary>Values descend, algebraically or by absolute value.</summary>
    public static Violation? Order(EigenRequest request, Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pairs);
        var end = request.End == SpectrumEnd.Magnitude ? SpectrumEnd.Magnitude : SpectrumEnd.Largest;
        for (var i = 1; i < pairs.Count; i++)
        {
            var rise = SpectrumOrder.Key(end, pairs.Values[i]) - SpectrumOrder.Key(end, pairs.Values[i - 1]);
            if (!(rise <= 0))
                return new Violation("order", rise, 0, $"values {i - 1} and {i} ascend");
        }
        return null;
    }

    /// <summary>True residuals, from fresh float64 products, within <see cref="Tolerances.ResidualRatio"/>.</summary>
    public static Violation? Residuals(ISymmetricOperator op, EigenRequest request, Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(request);
        var limit = Tolerances.ResidualRatio * pairs.Norm * Math.Max(request.Tolerance, pairs.Noise);
        return Worst("residual", TrueResiduals(op, pairs), _ => limit);
    }

    /// <summary>Residuals that a result claims agree with the true ones within <see cref="Tolerances.ClaimedResidualRatio"/>.</summary>
    public static Violation? ClaimedResiduals(ISymmetricOperator op, Eigenpairs pairs)
    {
        var limit = Tolerances.ClaimedResidualRatio * Math.Max(pairs.Noise, Tolerances.LeastNoise(op.Dimension)) * pairs.Norm;
        return Worst("claimed residual", [.. TrueResiduals(op, pairs).Zip(pairs.Residuals, (left, right) => Math.Abs(left - right))], _ => limit);
    }

    /// <summary>Every pair of a result that calls itself converged has a true residual within its stated limit.</summary>
    public static Violation? Converged(ISymmetricOperator op, Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (!pairs.Converged)
            return new Violation("convergence", Enumerable.Range(0, pairs.Count).Count(pairs.IsConverged), pairs.Count, $"converged pairs; flags {pairs.Flags}");
        var slack = Tolerances.ClaimedResidualRatio * pairs.Noise * pairs.Norm;
        return Worst("convergence", TrueResiduals(op, pairs), i => pairs.ResidualLimits[i] + slack);
    }

    /// <summary>Two equal requests get the same bits.</summary>
    public static Violation? Deterministic(IEigensolver solver, ISymmetricOperator op, EigenRequest request)
    {
        ArgumentNullException.ThrowIfNull(solver);
        using var scope = NewDisposeScope();
        var (first, second) = (solver.Solve(op, request), solver.Solve(op, request));
        var left = first.Values.Concat(Blocks.ToArray(first.Vectors)).Select(BitConverter.DoubleToInt64Bits);
        var right = second.Values.Concat(Blocks.ToArray(second.Vectors)).Select(BitConverter.DoubleToInt64Bits);
        return left.SequenceEqual(right) ? null : new Violation("determinism", 1, 0, $"two solutions with seed {request.Seed} differ");
    }

    private static double[] TrueResiduals(ISymmetricOperator op, Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0)
            return [];
        using var scope = NewDisposeScope();
        var residuals = op.Reference.Multiply(pairs.Vectors) - tensor(pairs.Values).unsqueeze(1) * pairs.Vectors;
        // Squared lengths of residuals near 1e±200 would over- or underflow.
        var largest = residuals.abs().max().ToDouble();
        return largest is 0 or double.NaN ? Blocks.RowNorms(residuals) : [.. Blocks.RowNorms(residuals / largest).Select(norm => norm * largest)];
    }

    private static Violation? Worst(string check, double[] measured, Func<int, double> limit)
    {
        for (var i = 0; i < measured.Length; i++)
            if (Violation.Unless(check, measured[i], limit(i), $"pair {i} of {measured.Length}") is { } violation)
                return violation;
        return null;
    }
}
