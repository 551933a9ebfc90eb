using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>The span of some coordinate axes of ℝⁿ: an index set, a mask, the whole space. Immutable and thread-safe.</summary>
public sealed class CoordinateSubspace : Subspace
{
    private readonly long[] _indices;

    /// <summary>Creates the span of some axes.</summary>
    /// <param name="ambientDimension">n, at least 1.</param>
    /// <param name="indices">Strictly ascending, each in 0 … n − 1; may be empty.</param>
    /// <exception cref="ArgumentException">An index is out of range, repeated or out of order.</exception>
    public CoordinateSubspace(long ambientDimension, long[] indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ambientDimension);
        ArgumentNullException.ThrowIfNull(indices);
        for (var i = 0; i < indices.Length; i++)
            if (indices[i] < 0 || indices[i] >= ambientDimension || (i > 0 && indices[i] <= indices[i - 1]))
                throw new ArgumentException(
                    $"Indices must ascend strictly within 0 … {ambientDimension - 1}, but indices[{i}] = {indices[i]}{(i > 0 ? $" after {indices[i - 1]}" : "")}.",
                    nameof(indices));
        (AmbientDimension, _indices) = (ambientDimension, (long[])indices.Clone());
    }

    /// <summary>The whole of ℝⁿ.</summary>
    public static CoordinateSubspace Whole(long ambientDimension)
    {
        var indices = new long[ambientDimension];
        for (var i = 0; i < indices.Length; i++)
            indices[i] = i;
        return new CoordinateSubspace(ambientDimension, indices);
    }

    /// <summary>The axes, strictly ascending.</summary>
    public IReadOnlyList<long> Indices => _indices;

    /// <inheritdoc/>
    public override long AmbientDimension { get; }

    /// <inheritdoc/>
    public override long Dimension => _indices.Length;

    /// <inheritdoc/>
    public override Tensor Coordinates(Tensor block)
    {
        Blocks.Check(block, AmbientDimension);
        using var scope = NewDisposeScope();
        return block.index_select(1, IndexTensor()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Embed(Tensor coordinates)
    {
        Blocks.Check(coordinates, Dimension);
        using var scope = NewDisposeScope();
        return zeros([coordinates.shape[0], AmbientDimension], ScalarType.Float64)
            .index_copy(1, IndexTensor(), coordinates).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Project(Tensor block)
    {
        using var scope = NewDisposeScope();
        return Embed(Coordinates(block)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor ProjectOff(Tensor block)
    {
        Blocks.Check(block, AmbientDimension);
        using var scope = NewDisposeScope();
        return block.index_fill(1, IndexTensor(), 0).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Basis()
    {
        using var scope = NewDisposeScope();
        return Embed(eye(Dimension, Dimension, ScalarType.Float64)).MoveToOuterDisposeScope();
    }

    /// <summary>Dimension of the intersection with another coordinate subspace of the same space.</summary>
    internal long CountCommon(CoordinateSubspace other)
    {
        long common = 0;
        for (int i = 0, j = 0; i < _indices.Length && j < other._indices.Length;)
        {
            var order = _indices[i].CompareTo(other._indices[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return common;
    }

    private Tensor IndexTensor() => tensor(_indices, [_indices.Length], dtype: ScalarType.Int64);
}
