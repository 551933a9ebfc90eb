using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The generalised Gauss–Newton matrix (GGN) of a loss landscape at a fixed θ: <c>Σ_i s_i J_iᵀ (∂²ℓ_i/∂z²) J_i + μI</c>, the Hessian without the
/// curvature of the network. Positive semidefinite.
/// </summary>
/// <remarks>
/// The loss's weight decay μ is part of it, exactly as it is part of the <see cref="HessianOperator"/>, so that the difference of the two is the
/// network's own curvature and nothing else; for the plain GGN give the landscape a loss without weight decay, or shift by −μ. The squared error has
/// no ½, so its GGN is <c>2·JᵀJ</c>. N. Schraudolph, "Fast curvature matrix-vector products for second-order gradient descent", 2002.
/// </remarks>
public sealed class GaussNewtonOperator : PullbackOperator
{
    internal GaussNewtonOperator(LossLandscape landscape, Tensor parameters)
        : base(landscape, parameters, outputs => OutputMetric.LossCurvature(landscape.Loss, outputs), landscape.Loss.WeightDecay)
    {
    }

    private protected override PullbackOperator At(LossLandscape landscape, Tensor parameters) => new GaussNewtonOperator(landscape, parameters);
}
