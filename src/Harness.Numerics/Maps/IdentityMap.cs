using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>The identity of ℝⁿ.</summary>
public sealed class IdentityMap : ILinearMap
{
    /// <summary>Creates the identity.</summary>
    /// <param name="dimension">n, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is not positive.</exception>
    public IdentityMap(long dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        Dimension = dimension;
    }

    /// <inheritdoc/>
    public long Dimension { get; }

    /// <inheritdoc/>
    public bool IsOrthogonal => true;

    /// <inheritdoc/>
    public Tensor Apply(Tensor block)
    {
        Blocks.Check(block, Dimension);
        return block.alias();
    }

    /// <inheritdoc/>
    public Tensor ApplyInverse(Tensor block) => Apply(block);

    /// <inheritdoc/>
    public Tensor ApplyTranspose(Tensor block) => Apply(block);

    /// <inheritdoc/>
    public Tensor ApplyInverseTranspose(Tensor block) => Apply(block);
}
