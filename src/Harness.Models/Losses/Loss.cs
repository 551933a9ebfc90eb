using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>A loss: the (weighted) mean over samples of a per-sample term times a factor, plus <c>½·μ‖θ‖²</c>. Immutable and thread-safe.</summary>
/// <param name="Kind">The per-sample term.</param>
/// <param name="WeightDecay">μ ≥ 0; default 0.</param>
/// <param name="Form">How cross-entropy is written; ignored by the squared error. Default: margin.</param>
public sealed record Loss(LossKind Kind, double WeightDecay = 0, CrossEntropyForm Form = CrossEntropyForm.Margin)
{
    private readonly double _factor = 1;

    /// <summary>Multiplies the per-sample terms, and not the weight decay; default 1. Answers must not depend on it.</summary>
    /// <value>Positive and finite.</value>
    public double Factor
    {
        get => _factor;
        init => _factor = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The factor of a loss must be positive and finite.");
    }

    /// <summary>Per-sample losses <c>[B]</c>, float64, times <see cref="Factor"/>, before weighting and weight decay. Twice differentiable.</summary>
    /// <param name="outputs">Network outputs <c>[B, outputs]</c>.</param>
    /// <param name="targets"><c>[B]</c> int64 for cross-entropy, <c>[B, outputs]</c> for the squared error.</param>
    /// <exception cref="ArgumentException">The shapes do not fit the loss.</exception>
    public Tensor PerSample(Tensor outputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        Check(outputs, targets);
        using var scope = NewDisposeScope();
        var losses = Kind switch
        {
            LossKind.MeanSquaredError => (outputs - targets.to(outputs.dtype)).square().sum(1).to(float64),
            _ when Form == CrossEntropyForm.Plain => (outputs.logsumexp(1) - outputs.gather(1, targets.unsqueeze(1)).squeeze(1)).to(float64),
            _ => MarginCrossEntropy(outputs, targets),
        };
        return (Factor == 1 ? losses : losses * Factor).MoveToOuterDisposeScope();
    }

    /// <remarks>
    /// The margin is written around the strongest wrong class, <c>(z_t − z_y) + log1p(Σ_{j≠y,t} e^{z_j − z_t})</c>: differentiating a logsumexp twice
    /// adds and subtracts numbers of order 1, which would drown the curvature of a badly misclassified sample. Margins are one number per sample,
    /// so float64 costs nothing even when the network runs in float32.
    /// </remarks>
    private static Tensor MarginCrossEntropy(Tensor outputs, Tensor targets)
    {
        var index = targets.unsqueeze(1);
        var isTarget = Mark(outputs, index);
        var strongest = outputs.detach().masked_fill(isTarget, double.NegativeInfinity).argmax(1, true);
        var top = outputs.gather(1, strongest);
        var others = (outputs - top).masked_fill(isTarget.logical_or(Mark(outputs, strongest)), double.NegativeInfinity).exp().sum(1);
        return Softplus(((top - outputs.gather(1, index)).squeeze(1) + log1p(others)).to(float64));
    }

    private static Tensor Mark(Tensor like, Tensor index) =>
        zeros_like(like, dtype: ScalarType.Bool).scatter(1, index, ones_like(index, dtype: ScalarType.Bool));

    /// <summary><c>log(1 + e^m)</c> with first and second derivatives to full relative accuracy at any m.</summary>
    /// <remarks>
    /// libtorch's softplus turns linear at 20, which deletes the curvature of a badly misclassified sample, and the
    /// second derivative of its logaddexp cancels from m = 25 on. Here either branch takes the exponential of a
    /// negative number only; the clamps keep the branch not taken from overflowing into <c>0·∞</c>.
    /// </remarks>
    private static Tensor Softplus(Tensor m) => where(
        m > 0,
        m + log1p(exp(m.clamp_min(0).neg())),
        log1p(exp(m.clamp_max(0))));

    private void Check(Tensor outputs, Tensor targets)
    {
        var expected = Kind == LossKind.CrossEntropy ? "targets [B] int64 and at least 2 outputs" : "targets of the outputs' shape";
        var fits = outputs.ndim == 2 && (Kind == LossKind.CrossEntropy
            ? targets.ndim == 1 && targets.dtype == ScalarType.Int64 && targets.shape[0] == outputs.shape[0] && outputs.shape[1] >= 2
            : targets.shape.AsSpan().SequenceEqual(outputs.shape));
        if (!fits)
            throw new ArgumentException(
                $"{Kind} needs outputs [B, outputs] and {expected}; got outputs [{string.Join(", ", outputs.shape)}] and {targets.dtype} targets [{string.Join(", ", targets.shape)}].");
    }
}
