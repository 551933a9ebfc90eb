using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>T⁻¹, seen as a map.</summary>
internal sealed class InverseMap(ILinearMap map) : ILinearMap
{
    public long Dimension => map.Dimension;

    public bool IsOrthogonal => map.IsOrthogonal;

    public Tensor Apply(Tensor block) => map.ApplyInverse(block);

    public Tensor ApplyInverse(Tensor block) => map.Apply(block);

    public Tensor ApplyTranspose(Tensor block) => map.ApplyInverseTranspose(block);

    public Tensor ApplyInverseTranspose(Tensor block) => map.ApplyTranspose(block);
}
