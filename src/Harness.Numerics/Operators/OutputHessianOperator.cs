using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// <c>∇²_θ Σ_i ⟨c_i, f(x_i; θ)⟩</c> at a fixed θ: the curvature of the outputs themselves, read through one cotangent per sample. Its entries between
/// parameters of subnetworks that only add up are zero, whatever the loss. Holds one retained graph per batch until disposed. Not thread-safe.
/// </summary>
/// <remarks>Sample weights, loss and weight decay play no part.</remarks>
public sealed class OutputHessianOperator : ISymmetricOperator, IDisposable
{
    private readonly LossLandscape _landscape;
    private readonly Tensor[] _leaves;
    private readonly List<(Tensor[] Gradients, int[] Slots)> _batches = [];
    private bool _disposed;

    internal OutputHessianOperator(LossLandscape landscape, Tensor parameters, Tensor cotangents)
    {
        Blocks.CheckVector(parameters, landscape.Dimension);
        ArgumentNullException.ThrowIfNull(cotangents);
        _landscape = landscape;
        landscape.CountGradient();
        using var scope = NewDisposeScope();
        using var mode = enable_grad();
        _leaves = [.. landscape.Leaves(parameters).Select(leaf => leaf.DetachFromDisposeScope())];
        long start = 0;
        foreach (var batch in landscape.Batches())
        {
            using var inner = NewDisposeScope();
            var outputs = landscape.Network.Forward(_leaves, batch.Inputs);
            if (cotangents.ndim != 2 || cotangents.shape[0] != landscape.Data.Count || cotangents.shape[1] != outputs.shape[1])
                throw new ArgumentException(
                    $"Expected cotangents [{landscape.Data.Count}, {outputs.shape[1]}], got [{string.Join(", ", cotangents.shape)}].", nameof(cotangents));
            var read = (outputs * cotangents.narrow(0, start, outputs.shape[0]).to(outputs.dtype).to(outputs.device)).sum();
            start += outputs.shape[0];
            if (!read.requires_grad)
                continue;
            var gradients = autograd.grad([read], _leaves, null, retain_graph: true, create_graph: true, allow_unused: true);
            int[] slots = [.. Enumerable.Range(0, _leaves.Length).Where(i => !gradients[i].IsInvalid && gradients[i].requires_grad)];
            if (slots.Length > 0)
                _batches.Add(([.. slots.Select(i => gradients[i].DetachFromDisposeScope())], slots));
        }
    }

    /// <summary>P.</summary>
    public long Dimension => _landscape.Dimension;

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        WorkMeter.AddProducts(block.shape[0]);
        var result = zeros_like(block);
        for (long row = 0; row < block.shape[0]; row++)
        {
            var parts = _landscape.Split(block.select(0, row).detach());
            foreach (var (gradients, slots) in _batches)
            {
                using var inner = NewDisposeScope();
                var seeds = slots.Select(slot => parts[slot]).ToList();
                result.select(0, row).add_(_landscape.Flatten(
                    autograd.grad(gradients, _leaves, seeds, retain_graph: true, create_graph: false, allow_unused: true)));
            }
        }
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>Releases the retained graphs.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var tensor in _batches.SelectMany(batch => batch.Gradients).Concat(_leaves))
            tensor.Dispose();
        _batches.Clear();
    }
}
