using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary><c>M_i = s·(diag(p_i) − p_i p_iᵀ)</c>, <c>p_i = softmax(z_i)</c>: the curvature of cross-entropy and the covariance of its score.</summary>
/// <remarks>
/// M ignores a constant added to w, so w is first measured from its entry at the most probable class. Without that, <c>w − pᵀw</c> of a memorised sample is
/// a difference of nearly equal numbers, and all of the curvature, of order 1 − p, drowns in it.
/// </remarks>
internal sealed class SoftmaxCovariance : OutputMetric
{
    private readonly Tensor _probabilities;
    private readonly Tensor _top;
    private readonly double _scale;

    /// <param name="outputs">z, <c>[N, C]</c> float64.</param>
    /// <param name="scale">s, positive.</param>
    internal SoftmaxCovariance(Tensor outputs, double scale)
    {
        _scale = scale;
        using var scope = NewDisposeScope();
        _probabilities = outputs.softmax(1).DetachFromDisposeScope();
        _top = outputs.argmax(1, true).DetachFromDisposeScope();
    }

    internal override Tensor Multiply(Tensor cotangents)
    {
        using var scope = NewDisposeScope();
        var relative = cotangents - cotangents.gather(1, _top);
        var mean = (_probabilities * relative).sum(1, true);
        return relative.sub_(mean).mul_(_probabilities).mul_(_scale).MoveToOuterDisposeScope();
    }

    public override void Dispose()
    {
        _probabilities.Dispose();
        _top.Dispose();
    }
}
