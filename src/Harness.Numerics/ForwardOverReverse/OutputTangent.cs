using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Where the tangents turn: from <c>R{z}</c> of the outputs to that of the loss's derivative by them, <c>s_i·∂²ℓ_i/∂z²·R{z}</c>.</summary>
internal sealed class OutputTangent : IDisposable
{
    private readonly Tensor _weights;
    private readonly Tensor? _probabilities;
    private readonly Tensor? _top;

    /// <param name="loss">The loss; cross-entropy in margin form.</param>
    /// <param name="outputs">z, <c>[N, C]</c> float64.</param>
    /// <param name="shares">s, <c>[N, 1]</c> float64.</param>
    /// <param name="dtype">Working precision.</param>
    internal OutputTangent(Loss loss, Tensor outputs, Tensor shares, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        shares = shares * loss.Factor;
        if (loss.Kind == LossKind.CrossEntropy)
        {
            var probabilities = outputs.softmax(1);
            (_probabilities, _top) = (Keep(probabilities), outputs.argmax(1, true).unsqueeze(2).DetachFromDisposeScope());
            _weights = Keep(probabilities * shares);
        }
        else
        {
            _weights = Keep(2 * shares);
        }

        Tensor Keep(Tensor values) => values.to(dtype).unsqueeze(1).clone().DetachFromDisposeScope();
    }

    /// <summary>∂ℓ/∂z of the mean loss, <c>[N, C]</c> float64.</summary>
    internal static Tensor Gradient(Loss loss, Tensor outputs, Tensor targets, Tensor shares)
    {
        using var scope = NewDisposeScope();
        return (OutputLoss.PerSample(loss, outputs, targets).Gradients * shares).MoveToOuterDisposeScope();
    }

    /// <summary><c>[B, k, C] → [B, k, C]</c>.</summary>
    /// <remarks>
    /// Cross-entropy ignores a constant added to all outputs of a sample, so tangents are first measured from the most probable class: otherwise the
    /// curvature of a memorised sample, of order 1 − p, drowns in a difference of nearly equal numbers.
    /// </remarks>
    internal Tensor Multiply(TangentPass pass, Tensor tangent)
    {
        var weights = pass.Stretch(_weights);
        if (_probabilities is null || _top is null)
            return tangent * weights;
        var relative = tangent - tangent.gather(2, pass.Stretch(_top).expand(pass.Length, pass.Count, 1));
        return relative.sub_((pass.Stretch(_probabilities) * relative).sum(2, true)).mul_(weights);
    }

    public void Dispose()
    {
        _weights.Dispose();
        _probabilities?.Dispose();
        _top?.Dispose();
    }
}
