using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary><c>W B W</c> with <c>W = √ε (A + εI)^(−½)</c>, where A = VᵀΛV is known by its leading eigenpairs: the identity off them.</summary>
/// <param name="inner">B.</param>
/// <param name="vectors">V, <c>[k, P]</c> float64, orthonormal rows.</param>
/// <param name="values">Λ, <c>[k]</c>, none negative.</param>
/// <param name="shift">ε, above 0.</param>
internal sealed class WhitenedOperator(ISymmetricOperator inner, Tensor vectors, double[] values, double shift) : ISymmetricOperator
{
    // W = I − Vᵀ diag(1 − √(ε/(λ+ε))) V.
    private readonly Tensor _shrinkage = tensor([.. values.Select(value => 1 - Math.Sqrt(shift / (value + shift)))]);

    public long Dimension => inner.Dimension;

    public ISymmetricOperator Reference => ReferenceEquals(inner.Reference, inner) ? this : new WhitenedOperator(inner.Reference, vectors, values, shift);

    public Tensor Multiply(Tensor block)
    {
        using var scope = NewDisposeScope();
        return Whiten(inner.Multiply(Whiten(block))).MoveToOuterDisposeScope();
    }

    /// <summary><c>block · W</c>.</summary>
    internal Tensor Whiten(Tensor block)
    {
        using var scope = NewDisposeScope();
        return (block - (block.matmul(vectors.t()) * _shrinkage).matmul(vectors)).MoveToOuterDisposeScope();
    }
}
