using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// One symmetric positive semidefinite matrix <c>M_i</c> <c>[C, C]</c> per sample, on the C outputs of a network; known through its products.
/// </summary>
internal abstract class OutputMetric : IDisposable
{
    /// <summary><c>M_i w_i</c> for every sample: <c>[N, C] → [N, C]</c> float64, a new tensor in the caller's dispose scope.</summary>
    internal abstract Tensor Multiply(Tensor cotangents);

    public abstract void Dispose();

    /// <summary><c>∂²ℓ_i/∂z²</c>: the curvature of the per-sample loss in the outputs. Depends on no target.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">z, <c>[N, C]</c> float64.</param>
    internal static OutputMetric LossCurvature(Loss loss, Tensor outputs) =>
        loss.Kind == LossKind.CrossEntropy ? new SoftmaxCovariance(outputs, loss.Factor) : new ScaledIdentity(2 * loss.Factor);

    /// <summary>
    /// Covariance of the score <c>∂log p(y|z)/∂z</c> when y is drawn from the model itself: softmax, or a Gaussian of unit variance around z.
    /// </summary>
    /// <param name="loss">Says which of the two; its factor plays no part.</param>
    /// <param name="outputs">z, <c>[N, C]</c> float64.</param>
    internal static OutputMetric ScoreCovariance(Loss loss, Tensor outputs) =>
        loss.Kind == LossKind.CrossEntropy ? new SoftmaxCovariance(outputs, 1) : new ScaledIdentity(1);

    /// <summary><c>r_i r_iᵀ</c>, <c>r_i = ∂ℓ_i/∂z</c> at the true target.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">z, <c>[N, C]</c> float64.</param>
    /// <param name="targets">As the loss takes them.</param>
    internal static OutputMetric GradientOuterProduct(Loss loss, Tensor outputs, Tensor targets) => new OutputGradients(loss, outputs, targets);
}
