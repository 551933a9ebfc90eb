using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// An orthogonal matrix Q that acts along one axis of a named tensor, or along n consecutive entries of it, the rest being left as it is:
/// <c>w'[…, start + i, …] = Σ_j Q[i, j]·w[…, start + j, …]</c>.
/// </summary>
public sealed class AxisRotation
{
    private readonly double[] _matrix;

    /// <summary>Creates a rotation; the matrix is copied.</summary>
    /// <param name="tensor">Name of the tensor.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <param name="matrix">Q, <c>[n, n]</c> float64, orthogonal (reflections included).</param>
    /// <param name="start">Index along the axis of the first entry that is rotated; default 0.</param>
    /// <exception cref="ArgumentException">The matrix is not square, not float64, or not orthogonal to <see cref="Tolerances.Orthonormality"/>.</exception>
    public AxisRotation(string tensor, int axis, Tensor matrix, long start = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(tensor);
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.ndim != 2 || matrix.shape[0] != matrix.shape[1] || matrix.dtype != ScalarType.Float64)
            throw new ArgumentException($"Expected a square float64 matrix, got {matrix.dtype} [{string.Join(", ", matrix.shape)}].", nameof(matrix));
        using var scope = NewDisposeScope();
        var size = matrix.shape[0];
        var deviation = (matrix.matmul(matrix.transpose(0, 1)) - eye(size, size, ScalarType.Float64)).abs().max().ToDouble();
        // Written so that NaN is refused.
        if (!(deviation <= Tolerances.Orthonormality(size, size)))
            throw new ArgumentException(
                $"The matrix for axis {axis} of '{tensor}' is not orthogonal: an entry of QQᵀ − I is {deviation:g3}, at most {Tolerances.Orthonormality(size, size):g3} is allowed.",
                nameof(matrix));
        (Tensor, Axis, Start, Size, _matrix) = (tensor, axis, start, size, Blocks.ToArray(matrix));
    }

    /// <summary>Name of the tensor.</summary>
    public string Tensor { get; }

    /// <summary>The axis, from 0.</summary>
    public int Axis { get; }

    /// <summary>Index along the axis of the first entry that is rotated.</summary>
    public long Start { get; }

    /// <summary>n.</summary>
    public long Size { get; }

    /// <summary>Q, <c>[n, n]</c>, a new tensor in the caller's dispose scope.</summary>
    public Tensor Matrix() => tensor(_matrix, [Size, Size]);
}
