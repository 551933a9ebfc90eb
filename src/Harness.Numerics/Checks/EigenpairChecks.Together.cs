using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

public static partial class EigenpairChecks
{
    /// <summary>
    /// The first violation of everything that an answer must satisfy on an operator whose spectrum is known; null if there is none.
    /// </summary>
    /// <param name="op">The operator.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="pairs">The answer.</param>
    /// <param name="truth">The operator's whole spectrum.</param>
    public static Violation? All(ISymmetricOperator op, EigenRequest request, Eigenpairs pairs, KnownSpectrum truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return WithoutClaims(op, request, pairs, truth)
            ?? ClaimedResiduals(op, pairs)
            ?? Angles(request, pairs, truth.Values, truth.Vectors, truth.Rounding);
    }

    /// <summary><see cref="All"/> without what only a certificate can claim: for answers that come as bare values and vectors.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="pairs">The answer.</param>
    /// <param name="truth">The operator's whole spectrum.</param>
    public static Violation? WithoutClaims(ISymmetricOperator op, EigenRequest request, Eigenpairs pairs, KnownSpectrum truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return Shape(op, request, pairs)
            ?? Order(request, pairs)
            ?? Distinct(pairs)
            ?? Orthonormal(pairs)
            ?? Residuals(op, request, pairs)
            ?? Spectrum(request, pairs, truth.Values, truth.Rounding);
    }

    /// <summary>
    /// No vector is a copy of an earlier one, <c>|cos| &gt; ½</c>: the ghosts of an iteration that lost orthogonality. <see cref="Orthonormal"/> rejects
    /// them too; this check says what they are, and how many.
    /// </summary>
    public static Violation? Distinct(Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        using var scope = NewDisposeScope();
        var cosines = pairs.Vectors.matmul(pairs.Vectors.transpose(0, 1)).abs();
        var ghosts = Enumerable.Range(0, pairs.Count)
            .Where(i => i > 0 && cosines[i].narrow(0, 0, i).max().ToDouble() > Tolerances.CopyCosine).ToArray();
        return ghosts.Length == 0 ? null : new Violation(
            "copies", ghosts.Length, 0, $"pairs {string.Join(", ", ghosts.Take(5))}{(ghosts.Length > 5 ? ", …" : "")} of {pairs.Count} repeat an earlier vector");
    }

    /// <summary>
    /// All n pairs together are the matrix: <c>‖A − VᵀΛV‖ / (n·‖A‖·u) ≤ 60</c> in the 1-norm, LAPACK's test of a symmetric decomposition.
    /// </summary>
    /// <param name="op">The operator; written out by n float64 products.</param>
    /// <param name="pairs">All n of its pairs.</param>
    /// <exception cref="ArgumentException">There are not n pairs.</exception>
    public static Violation? Reconstruction(ISymmetricOperator op, Eigenpairs pairs)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(pairs);
        var n = op.Dimension;
        if (pairs.Count != n)
            throw new ArgumentException($"A matrix is made of all its {n} eigenpairs, not of {pairs.Count}.", nameof(pairs));
        using var scope = NewDisposeScope();
        var matrix = op.Reference.Multiply(eye(n, n, ScalarType.Float64));
        var difference = matrix - (pairs.Vectors.transpose(0, 1) * tensor(pairs.Values)).matmul(pairs.Vectors);
        var (error, norm) = (ColumnNorm(difference), ColumnNorm(matrix));
        return Violation.Unless("reconstruction", error, Tolerances.Reconstruction(n) * norm, $"largest column of |A − VᵀΛV|, n = {n}");
    }

    private static double ColumnNorm(Tensor matrix) => matrix.abs().sum(0L).max().ToDouble();
}
