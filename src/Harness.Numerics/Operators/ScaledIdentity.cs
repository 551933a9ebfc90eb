using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary><c>M_i = s·I</c>, s ≥ 0.</summary>
internal sealed class ScaledIdentity(double scale) : OutputMetric
{
    internal override Tensor Multiply(Tensor cotangents) => cotangents * scale;

    public override void Dispose()
    {
    }
}
