using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>An operator whose products run in float32, with its float64 original as reference.</summary>
internal sealed class RoundedOperator(DenseOperator original) : ISymmetricOperator
{
    private readonly Tensor _matrix = original.Matrix.to(ScalarType.Float32);

    public long Dimension => original.Dimension;

    public ISymmetricOperator Reference => original;

    public Tensor Multiply(Tensor block)
    {
        using var scope = NewDisposeScope();
        return block.to(ScalarType.Float32).matmul(_matrix).to(ScalarType.Float64).MoveToOuterDisposeScope();
    }
}
