using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>A sensitivity written out as a matrix <c>[r, r]</c>; for subspaces of moderate dimension. Immutable.</summary>
public sealed class DenseSensitivity : Sensitivity
{
    private readonly Tensor _matrix;
    private readonly Tensor _vectors;
    private readonly double[] _diagonal;
    private readonly double[] _partialSums;

    /// <summary>Takes a copy of the matrix and diagonalises it.</summary>
    /// <param name="matrix"><c>[r, r]</c> float64, symmetric, positive semi-definite, r ≥ 1.</param>
    /// <exception cref="ArgumentException">It is not square float64, or its trace is not positive and finite.</exception>
    public DenseSensitivity(Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.ndim != 2 || matrix.shape[0] != matrix.shape[1] || matrix.dtype != ScalarType.Float64)
            throw new ArgumentException($"Expected a square float64 matrix, got {matrix.dtype} [{string.Join(", ", matrix.shape)}].", nameof(matrix));
        using var scope = NewDisposeScope();
        var symmetric = (matrix + matrix.t()) / 2;
        _diagonal = symmetric.diagonal(0, 0, 1).contiguous().data<double>().ToArray();
        Trace = CheckedTrace(_diagonal);
        var (values, vectors) = linalg.eigh(symmetric);
        // Rounding may leave an eigenvalue just below 0, which counts as 0.
        _partialSums = PartialSums([.. values.data<double>().ToArray().Reverse().Select(value => Math.Max(0, value))]);
        _vectors = vectors.t().flip(0).contiguous().DetachFromDisposeScope();
        _matrix = symmetric.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override long Dimension => _diagonal.Length;

    /// <inheritdoc/>
    public override double Trace { get; }

    /// <inheritdoc/>
    internal override double ProductWork => (double)Dimension * Dimension;

    /// <inheritdoc/>
    public override double TopSum(long count) => _partialSums[CheckedCount(count)];

    /// <inheritdoc/>
    public override Tensor TopDirections(long count) => _vectors.narrow(0, 0, CheckedCount(count)).clone();

    /// <inheritdoc/>
    public override Tensor CapturedByRow(Tensor coordinates)
    {
        CheckCoordinates(coordinates);
        using var scope = NewDisposeScope();
        return (coordinates.matmul(_matrix) * coordinates).sum(1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double CapturedAt(IReadOnlyList<long> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        return positions.Sum(position => _diagonal[position]);
    }

    /// <inheritdoc/>
    public override Tensor TopWithin(Tensor coordinates)
    {
        CheckCoordinates(coordinates);
        using var scope = NewDisposeScope();
        return TopEigenvector(coordinates.matmul(_matrix).matmul(coordinates.t())).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor TopAt(IReadOnlyList<long> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (positions.Count == Dimension)
            return _vectors[0].clone();
        using var scope = NewDisposeScope();
        var index = tensor(positions.ToArray());
        return TopEigenvector(_matrix.index_select(0, index).index_select(1, index)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _matrix.Dispose();
        _vectors.Dispose();
    }
}
