using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Testing;

/// <summary>
/// The Hessian by definition: the weighted mean of samples' losses as textbooks write them, differentiated twice, entry by entry. Shares nothing with
/// the products under test but the network.
/// </summary>
internal static class TextbookHessian
{
    /// <summary><c>[P, P]</c> float64, or the block <c>[r, r]</c> of some parameters.</summary>
    /// <param name="network">The architecture.</param>
    /// <param name="parameters">θ, <c>[P]</c>.</param>
    /// <param name="data">The samples.</param>
    /// <param name="kind">The loss.</param>
    /// <param name="weightDecay">μ.</param>
    /// <param name="entries">Positions in θ, ascending; null: all.</param>
    internal static Tensor Of(Network network, Tensor parameters, DataSet data, LossKind kind, double weightDecay, IReadOnlyList<long>? entries = null)
    {
        using var scope = NewDisposeScope();
        using var mode = enable_grad();
        long[] indices = [.. entries ?? [.. Enumerable.Range(0, (int)parameters.shape[0]).Select(i => (long)i)]];
        var theta = parameters.detach().clone().requires_grad_();
        var weights = data.Weights ?? ones(data.Count, ScalarType.Float64);
        var losses = Losses(network.Forward(theta, data.Inputs), data.Targets, kind);
        var loss = (losses * weights).sum() / weights.sum() + theta.square().sum() * (weightDecay / 2);
        var gradient = autograd.grad([loss], [theta], null, true, true, false)[0];
        var matrix = zeros(indices.Length, indices.Length, ScalarType.Float64);
        var columns = tensor(indices);
        for (var row = 0; row < indices.Length; row++)
        {
            using var inner = NewDisposeScope();
            var entry = autograd.grad([gradient[indices[row]]], [theta], null, true, false, true)[0];
            if (!entry.IsInvalid)
                matrix[row].copy_(entry.index_select(0, columns));
        }
        return ((matrix + matrix.transpose(0, 1)) / 2).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// By how much the textbook's cross-entropy amplifies rounding: e^m for a sample misclassified by m nats, where <c>1 − p</c> cancels.
    /// </summary>
    internal static double Amplification(Network network, Tensor parameters, DataSet data, LossKind kind)
    {
        if (kind == LossKind.MeanSquaredError)
            return 1;
        using var scope = NewDisposeScope();
        var differences = Differences(network.Forward(parameters.detach(), data.Inputs), data.Targets);
        return Math.Exp(Math.Max(0, differences.max().ToDouble()));
    }

    private static Tensor Losses(Tensor outputs, Tensor targets, LossKind kind) =>
        kind == LossKind.MeanSquaredError ? (outputs - targets).square().sum(1) : log1p(Differences(outputs, targets).exp().sum(1));

    /// <summary>z_j − z_y for j ≠ y, −∞ for the label itself: <c>[N, classes]</c>.</summary>
    private static Tensor Differences(Tensor outputs, Tensor targets)
    {
        var index = targets.unsqueeze(1);
        var isLabel = zeros_like(outputs, dtype: ScalarType.Bool).scatter(1, index, ones_like(index, dtype: ScalarType.Bool));
        return (outputs - outputs.gather(1, index)).masked_fill(isLabel, double.NegativeInfinity);
    }
}
