using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>A symmetric matrix, written out. The matrix belongs to the dispose scope in which it was made.</summary>
public sealed class DenseOperator : ISymmetricOperator
{
    /// <summary>Wraps a matrix.</summary>
    /// <param name="matrix"><c>[n, n]</c> float64, symmetric to <see cref="Tolerances.MatrixSymmetry"/>; kept, not copied.</param>
    /// <exception cref="ArgumentException">The matrix is not square float64, not finite, or not symmetric.</exception>
    public DenseOperator(Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.ndim != 2 || matrix.shape[0] != matrix.shape[1] || matrix.shape[0] == 0 || matrix.dtype != ScalarType.Float64)
            throw new ArgumentException($"Expected a square float64 matrix [n, n], got {matrix.dtype} [{string.Join(", ", matrix.shape)}].", nameof(matrix));
        using var scope = NewDisposeScope();
        var (largest, asymmetry) = (matrix.abs().max().ToDouble(), (matrix - matrix.transpose(0, 1)).abs().max().ToDouble());
        if (!double.IsFinite(largest))
            throw new ArgumentException($"The matrix [{string.Join(", ", matrix.shape)}] holds entries that are not finite.", nameof(matrix));
        if (asymmetry > Tolerances.MatrixSymmetry(matrix.shape[0]) * largest)
            throw new ArgumentException(
                $"The matrix [{string.Join(", ", matrix.shape)}] is not symmetric: max |A − Aᵀ| = {asymmetry:g3} against max |A| = {largest:g3}. Symmetrise it as (A + Aᵀ)/2 if that is what you mean.",
                nameof(matrix));
        Matrix = matrix;
    }

    /// <summary>The matrix, <c>[n, n]</c>.</summary>
    public Tensor Matrix { get; }

    /// <inheritdoc/>
    public long Dimension => Matrix.shape[0];

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        return block.matmul(Matrix.transpose(0, 1)).MoveToOuterDisposeScope();
    }
}
