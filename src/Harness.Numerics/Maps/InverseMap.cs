using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>T⁻¹, seen as a map. <see cref="LinearMaps.Inverse"/> makes it, where T has no simpler inverse.</summary>
/// <param name="map">T.</param>
public sealed class InverseMap(ILinearMap map) : ILinearMap
{
    /// <summary>T.</summary>
    public ILinearMap Inner { get; } = map ?? throw new ArgumentNullException(nameof(map));

    /// <inheritdoc/>
    public long Dimension => Inner.Dimension;

    /// <inheritdoc/>
    public bool IsOrthogonal => Inner.IsOrthogonal;

    /// <inheritdoc/>
    public Tensor Apply(Tensor block) => Inner.ApplyInverse(block);

    /// <inheritdoc/>
    public Tensor ApplyInverse(Tensor block) => Inner.Apply(block);

    /// <inheritdoc/>
    public Tensor ApplyTranspose(Tensor block) => Inner.ApplyInverseTranspose(block);

    /// <inheritdoc/>
    public Tensor ApplyInverseTranspose(Tensor block) => Inner.ApplyTranspose(block);
}
