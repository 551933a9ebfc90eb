using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// J = ∂outputs/∂θ at a fixed θ over all samples of a data set, known through its products. Sample weights play no part. Holds one retained graph per
/// batch until disposed. Not thread-safe.
/// </summary>
/// <remarks>
/// <c>Jᵀu</c> is one backward pass. It is linear in u, so <c>Jv</c> is one backward pass through it: the derivative of ⟨Jᵀu, v⟩ by u (the double-backward
/// trick, J. Townsend 2017).
/// </remarks>
public sealed class OutputJacobian : IDisposable
{
    private readonly LossLandscape _landscape;
    private readonly Tensor[] _leaves;
    private readonly List<BatchGraph> _batches = [];
    private bool _disposed;

    internal OutputJacobian(LossLandscape landscape, Tensor parameters)
    {
        Blocks.CheckVector(parameters, landscape.Dimension);
        _landscape = landscape;
        landscape.CountGradient();
        using var scope = NewDisposeScope();
        using var mode = enable_grad();
        _leaves = [.. landscape.Leaves(parameters).Select(leaf => leaf.DetachFromDisposeScope())];
        foreach (var batch in landscape.Batches())
        {
            using var inner = NewDisposeScope();
            var outputs = landscape.Network.Forward(_leaves, batch.Inputs);
            CheckOutputs(outputs);
            OutputCount = outputs.shape[1];
            _batches.Add(Differentiate(outputs));
        }
    }

    /// <summary>P.</summary>
    public long Dimension => _landscape.Dimension;

    /// <summary>N.</summary>
    public long SampleCount => _landscape.Data.Count;

    /// <summary>Number of outputs per sample.</summary>
    public long OutputCount { get; }

    /// <summary><c>J v</c> for every row v: <c>[k, P] → [k, N, outputs]</c>, float64.</summary>
    /// <exception cref="ArgumentException">The block is not <c>[k, P]</c> float64.</exception>
    public Tensor Multiply(Tensor block)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        WorkMeter.AddProducts(block.shape[0]);
        var rows = Enumerable.Range(0, (int)block.shape[0]).Select(row => MultiplyRow(block.select(0, row))).ToList();
        return (rows.Count == 0 ? zeros([0, SampleCount, OutputCount], ScalarType.Float64) : stack(rows)).MoveToOuterDisposeScope();
    }

    /// <summary><c>Jᵀ u</c> for every u: <c>[k, N, outputs] → [k, P]</c>, float64.</summary>
    /// <exception cref="ArgumentException">The cotangents are not <c>[k, N, outputs]</c> float64.</exception>
    public Tensor MultiplyTranspose(Tensor cotangents)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(cotangents);
        if (cotangents.ndim != 3 || cotangents.shape[1] != SampleCount || cotangents.shape[2] != OutputCount || cotangents.dtype != ScalarType.Float64)
            throw new ArgumentException(
                $"Expected cotangents [k, {SampleCount}, {OutputCount}] of float64, got {cotangents.dtype} [{string.Join(", ", cotangents.shape)}].",
                nameof(cotangents));
        using var scope = NewDisposeScope();
        WorkMeter.AddProducts(cotangents.shape[0]);
        var result = zeros([cotangents.shape[0], Dimension], ScalarType.Float64);
        for (long row = 0; row < cotangents.shape[0]; row++)
            AddTransposed(cotangents.select(0, row), result.select(0, row));
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>The outputs at θ, <c>[N, outputs]</c> float64, from the retained forward pass.</summary>
    internal Tensor Outputs()
    {
        using var scope = NewDisposeScope();
        return cat([.. _batches.Select(batch => batch.Outputs.detach().to(ScalarType.Float64).cpu())], 0).MoveToOuterDisposeScope();
    }

    /// <summary>Releases the retained graphs.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var tensor in _batches.SelectMany(batch => batch.Tensors).Concat(_leaves))
            tensor.Dispose();
        _batches.Clear();
    }

    private static void CheckOutputs(Tensor outputs)
    {
        if (outputs.ndim != 2)
            throw new ArgumentException($"The network must return outputs [B, outputs], got [{string.Join(", ", outputs.shape)}].");
    }

    private BatchGraph Differentiate(Tensor outputs)
    {
        var cotangent = zeros_like(outputs.detach()).requires_grad_();
        var keep = (Tensor tensor) => tensor.DetachFromDisposeScope();
        if (!outputs.requires_grad)
            return new BatchGraph(keep(outputs), keep(cotangent), [], []);
        var transposed = autograd.grad([outputs], _leaves, [cotangent], retain_graph: true, create_graph: true, allow_unused: true);
        int[] slots = [.. Enumerable.Range(0, _leaves.Length).Where(i => !transposed[i].IsInvalid && transposed[i].requires_grad)];
        return new BatchGraph(keep(outputs), keep(cotangent), [.. slots.Select(i => keep(transposed[i]))], slots);
    }

    private Tensor MultiplyRow(Tensor vector)
    {
        using var scope = NewDisposeScope();
        var parts = _landscape.Split(vector.detach());
        var results = new List<Tensor>();
        foreach (var batch in _batches)
        {
            if (batch.Slots.Length == 0)
            {
                results.Add(zeros_like(batch.Outputs.detach()).to(ScalarType.Float64).cpu());
                continue;
            }
            var seeds = batch.Slots.Select(slot => parts[slot]).ToList();
            var product = autograd.grad(batch.Transposed, [batch.Cotangent], seeds, retain_graph: true, create_graph: false, allow_unused: false)[0];
            results.Add(product.to(ScalarType.Float64).cpu());
        }
        return cat(results, 0).MoveToOuterDisposeScope();
    }

    private void AddTransposed(Tensor cotangent, Tensor total)
    {
        long start = 0;
        foreach (var batch in _batches)
        {
            using var scope = NewDisposeScope();
            var length = batch.Outputs.shape[0];
            var seed = cotangent.detach().narrow(0, start, length).to(batch.Outputs.dtype).to(batch.Outputs.device);
            start += length;
            if (batch.Slots.Length > 0)
                total.add_(_landscape.Flatten(autograd.grad([batch.Outputs], _leaves, [seed], retain_graph: true, create_graph: false, allow_unused: true)));
        }
    }

    /// <summary>Outputs, a dummy cotangent u, and Jᵀu (per slot that has one) as a function of u.</summary>
    private sealed record BatchGraph(Tensor Outputs, Tensor Cotangent, Tensor[] Transposed, int[] Slots)
    {
        internal IEnumerable<Tensor> Tensors => [Outputs, Cotangent, .. Transposed];
    }
}
