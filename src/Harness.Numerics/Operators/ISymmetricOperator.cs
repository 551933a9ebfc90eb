using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>A real symmetric linear operator on ℝⁿ, known through its products.</summary>
public interface ISymmetricOperator
{
    /// <summary>n.</summary>
    long Dimension { get; }

    /// <summary>Applies the operator to every row: <c>[k, n] → [k, n]</c>, float64, in the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">The block is not <c>[k, n]</c>.</exception>
    Tensor Multiply(Tensor block);
}
