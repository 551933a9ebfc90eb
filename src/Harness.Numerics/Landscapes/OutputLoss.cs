using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The loss of one batch and its derivative by the outputs, in closed form: for a small network a graph of the loss costs a third more than all the rest.
/// </summary>
internal static class OutputLoss
{
    /// <summary>The batch's share of the mean loss, and ∂L/∂z <c>[B, outputs]</c> in the outputs' precision, in the caller's dispose scope.</summary>
    /// <param name="loss">The loss; weight decay is not of the outputs and is left out.</param>
    /// <param name="outputs">z, <c>[B, outputs]</c>, detached.</param>
    /// <param name="batch">Targets and shares.</param>
    internal static (double Value, Tensor Gradient) Of(Loss loss, Tensor outputs, SampleBatch batch)
    {
        using var scope = NewDisposeScope();
        var (losses, gradients) = PerSample(loss, outputs, batch.Targets);
        return (losses.dot(batch.Shares).ToDouble(), (gradients * batch.Shares.unsqueeze(1)).to(outputs.dtype).MoveToOuterDisposeScope());
    }

    /// <summary>Every sample's loss ℓ_i <c>[B]</c> and ∂ℓ_i/∂z <c>[B, outputs]</c>, both float64 and without a graph, in the caller's dispose scope.</summary>
    internal static (Tensor Losses, Tensor Gradients) PerSample(Loss loss, Tensor outputs, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var (losses, gradients) = loss switch
        {
            { Kind: LossKind.MeanSquaredError } => Times(loss.Factor, SquaredError(outputs, targets)),
            { Form: CrossEntropyForm.Margin } => Times(loss.Factor, CrossEntropy(outputs.to(ScalarType.Float64), targets)),
            _ => Differentiated(loss, outputs, targets),
        };
        return (losses.MoveToOuterDisposeScope(), gradients.MoveToOuterDisposeScope());
    }

    private static (Tensor Losses, Tensor Gradients) Times(double factor, (Tensor Losses, Tensor Gradients) one) =>
        factor == 1 ? one : (one.Losses * factor, one.Gradients * factor);

    private static (Tensor Losses, Tensor Gradients) SquaredError(Tensor outputs, Tensor targets)
    {
        var off = outputs - targets.to(outputs.dtype);
        return (off.square().sum(1).to(ScalarType.Float64), 2 * off.to(ScalarType.Float64));
    }

    /// <remarks>
    /// With <c>e_j = exp(z_j − max z)</c> and S the sum of those that are not the target's, the loss is <c>log(S + e_y) − (z_y − max z)</c> and the target's
    /// entry of the derivative <c>−S/(S + e_y)</c>: both exact on memorised samples, where <c>1 − p</c> would be rounding.
    /// </remarks>
    private static (Tensor Losses, Tensor Gradients) CrossEntropy(Tensor outputs, Tensor targets)
    {
        var index = targets.unsqueeze(1);
        var shifted = outputs - outputs.amax([1], true);
        var own = shifted.gather(1, index);
        var others = shifted.exp_().scatter(1, index, zeros_like(own));
        var sum = others.sum(1, true);
        var excess = sum + own.expm1();
        var gradients = others.scatter(1, index, sum.neg()).div_(excess + 1);
        return ((log1p(excess) - own).squeeze(1), gradients);
    }

    /// <summary>The plain form is there for the sake of its rounding, so it is differentiated as it is written.</summary>
    private static (Tensor Losses, Tensor Gradients) Differentiated(Loss loss, Tensor outputs, Tensor targets)
    {
        var leaf = outputs.clone().requires_grad_();
        var losses = loss.PerSample(leaf, targets);
        return (losses.detach(), autograd.grad([losses.sum()], [leaf])[0].to(ScalarType.Float64));
    }
}
