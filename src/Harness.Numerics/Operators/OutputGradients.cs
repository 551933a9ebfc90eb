using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary><c>M_i = r_i r_iᵀ</c> with <c>r_i = ∂ℓ_i/∂z</c>: softmax minus one-hot, or <c>2(z − t)</c>, times the loss's factor.</summary>
internal sealed class OutputGradients : OutputMetric
{
    private readonly Tensor _gradients;

    /// <param name="loss">The loss.</param>
    /// <param name="outputs">z, <c>[N, C]</c> float64.</param>
    /// <param name="targets"><c>[N]</c> int64, or <c>[N, C]</c>.</param>
    internal OutputGradients(Loss loss, Tensor outputs, Tensor targets)
    {
        using var scope = NewDisposeScope();
        _gradients = ((loss.Kind == LossKind.CrossEntropy ? CrossEntropy(outputs, targets.unsqueeze(1)) : 2 * (outputs - targets)) * loss.Factor).DetachFromDisposeScope();
    }

    internal override Tensor Multiply(Tensor cotangents)
    {
        using var scope = NewDisposeScope();
        return (_gradients * (_gradients * cotangents).sum(1, true)).MoveToOuterDisposeScope();
    }

    public override void Dispose() => _gradients.Dispose();

    /// <summary>The target's entry, <c>p_y − 1</c>, is minus the sum of the others: exact on memorised samples too.</summary>
    private static Tensor CrossEntropy(Tensor outputs, Tensor index)
    {
        var others = outputs.softmax(1).scatter(1, index, zeros_like(index, dtype: ScalarType.Float64));
        return others.scatter(1, index, others.sum(1, true).neg());
    }
}
