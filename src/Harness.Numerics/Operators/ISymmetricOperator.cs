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

    /// <summary>
    /// The same operator with float64 products; itself, unless its products run in a lower precision. Certificates are computed with it, and the
    /// difference between the two is the measured noise η.
    /// </summary>
    ISymmetricOperator Reference => this;

    /// <summary>
    /// The function around a point whose Hessian there this operator is; null if it is none of a known function. Certificates measure with it how far
    /// the second order holds.
    /// </summary>
    ILocalFunction? Function => null;
}
