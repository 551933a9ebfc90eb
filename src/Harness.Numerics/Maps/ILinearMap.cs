using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>An invertible linear map T of ℝⁿ, known through its products. Blocks are <c>[k, n]</c>, rows are vectors.</summary>
public interface ILinearMap
{
    /// <summary>n.</summary>
    long Dimension { get; }

    /// <summary>Whether TᵀT = I.</summary>
    bool IsOrthogonal { get; }

    /// <summary><c>T v</c> for every row v.</summary>
    Tensor Apply(Tensor block);

    /// <summary><c>T⁻¹ v</c> for every row v.</summary>
    Tensor ApplyInverse(Tensor block);

    /// <summary><c>Tᵀ v</c> for every row v. Gradients transform as <c>T⁻ᵀ g</c>.</summary>
    Tensor ApplyTranspose(Tensor block);

    /// <summary><c>T⁻ᵀ v</c> for every row v.</summary>
    Tensor ApplyInverseTranspose(Tensor block);
}
