using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The Fisher information of a model at a fixed θ, on the inputs of a data set. True: <c>Σ_i s_i E_{y ~ p(·|x_i)} ∇log p(y) ∇log p(y)ᵀ</c>,
/// the expectation taken in closed form. Empirical: <c>Σ_i s_i ∇ℓ_i ∇ℓ_iᵀ</c>. Positive semidefinite.
/// </summary>
/// <remarks>
/// Weight decay is a prior and no part of either; <see cref="ShiftedOperator"/> adds it. Under cross-entropy the true Fisher is the GGN without weight
/// decay. For the squared error the model is a Gaussian of unit variance around the outputs, so the true Fisher is <c>JᵀJ</c>, half the GGN of a loss
/// without ½; the empirical one is made of the gradients of the loss as it is. J. Martens, "New insights and perspectives on the natural gradient
/// method", 2014; F. Kunstner et al., "Limitations of the empirical Fisher approximation", 2019.
/// </remarks>
public sealed class FisherOperator : PullbackOperator
{
    internal FisherOperator(LossLandscape landscape, Tensor parameters, FisherKind kind)
        : base(landscape, parameters, outputs => Metric(landscape, outputs, kind), 0) => Kind = kind;

    /// <summary>True or empirical.</summary>
    public FisherKind Kind { get; }

    private protected override PullbackOperator At(LossLandscape landscape, Tensor parameters) => new FisherOperator(landscape, parameters, Kind);

    private static OutputMetric Metric(LossLandscape landscape, Tensor outputs, FisherKind kind) => kind switch
    {
        FisherKind.True => OutputMetric.ScoreCovariance(landscape.Loss, outputs),
        FisherKind.Empirical => OutputMetric.GradientOuterProduct(landscape.Loss, outputs, landscape.Data.Targets),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such Fisher information."),
    };
}
