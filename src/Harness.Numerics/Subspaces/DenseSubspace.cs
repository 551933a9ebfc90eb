using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>A subspace whose orthonormal basis is written out, <c>[r, n]</c>. Its tensor belongs to the dispose scope in which it was made.</summary>
public sealed class DenseSubspace : Subspace
{
    private readonly Tensor _rows;

    /// <summary>Wraps rows that are already orthonormal; <see cref="Span"/> takes any rows.</summary>
    /// <param name="orthonormalRows"><c>[r, n]</c> float64; kept, not copied.</param>
    /// <exception cref="ArgumentException">The rows are not orthonormal to <see cref="Tolerances.Orthonormality"/>, or not <c>[r, n]</c> float64.</exception>
    public DenseSubspace(Tensor orthonormalRows)
    {
        ArgumentNullException.ThrowIfNull(orthonormalRows);
        if (orthonormalRows.ndim != 2)
            throw new ArgumentException($"Expected rows [r, n], got [{string.Join(", ", orthonormalRows.shape)}].", nameof(orthonormalRows));
        Blocks.Check(orthonormalRows, orthonormalRows.shape[1]);
        var (deviation, limit) = (Orthonormality.Deviation(orthonormalRows), Tolerances.Orthonormality(orthonormalRows.shape[0], orthonormalRows.shape[1]));
        if (!(deviation <= limit))
            throw new ArgumentException(
                $"The rows [{string.Join(", ", orthonormalRows.shape)}] are not orthonormal: |BBᵀ − I| = {deviation:g3}, limit {limit:g3}. Use DenseSubspace.Span for arbitrary rows.",
                nameof(orthonormalRows));
        _rows = orthonormalRows;
    }

    /// <summary>The span of arbitrary rows, orthonormalised by a singular value decomposition.</summary>
    /// <param name="rows"><c>[k, n]</c> float64; k may be 0 or exceed n.</param>
    /// <param name="tolerance">
    /// Directions with a singular value at most this share of the largest are dropped. Default: <see cref="Tolerances.Rank"/>.
    /// </param>
    /// <exception cref="ArgumentException">The rows are not <c>[k, n]</c> float64, or not finite.</exception>
    public static DenseSubspace Span(Tensor rows, double? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.ndim != 2 || rows.shape[1] == 0)
            throw new ArgumentException($"Expected rows [k, n], got [{string.Join(", ", rows.shape)}].", nameof(rows));
        Blocks.Check(rows, rows.shape[1]);
        using var scope = NewDisposeScope();
        if (rows.shape[0] == 0)
            return new DenseSubspace(zeros([0, rows.shape[1]], ScalarType.Float64).MoveToOuterDisposeScope());
        var largest = rows.abs().max().ToDouble();
        if (!double.IsFinite(largest))
            throw new ArgumentException($"The rows [{string.Join(", ", rows.shape)}] hold entries that are not finite.", nameof(rows));
        // Scaled first: the decomposition squares entries, and rows of size 1e±160 would over- or underflow.
        var (_, values, vectors) = linalg.svd(largest > 0 ? rows / largest : rows, false);
        var singular = Blocks.ToArray(values);
        var cut = (tolerance ?? Tolerances.Rank(rows.shape[0], rows.shape[1])) * singular[0];
        return new DenseSubspace(vectors.narrow(0, 0, singular.Count(value => value > cut)).contiguous().MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override long AmbientDimension => _rows.shape[1];

    /// <inheritdoc/>
    public override long Dimension => _rows.shape[0];

    /// <inheritdoc/>
    public override Tensor Coordinates(Tensor block)
    {
        Blocks.Check(block, AmbientDimension);
        using var scope = NewDisposeScope();
        return block.matmul(_rows.transpose(0, 1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Embed(Tensor coordinates)
    {
        Blocks.Check(coordinates, Dimension);
        return coordinates.matmul(_rows);
    }

    /// <inheritdoc/>
    public override Tensor Basis() => _rows.alias();

    /// <inheritdoc/>
    public override Subspace MoveToOuterDisposeScope()
    {
        _rows.MoveToOuterDisposeScope();
        return this;
    }
}
