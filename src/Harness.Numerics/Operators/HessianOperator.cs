using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The Hessian <c>∇²L(θ)</c> of a loss landscape at a fixed θ. One differentiable gradient per batch is computed once and retained; every product is
/// one backward pass through it. Plain networks on a CPU need no graph: their products are written out by hand, see
/// <see cref="LandscapeOptions.AlwaysDifferentiate"/>. Holds graphs or values until disposed. Not thread-safe.
/// </summary>
/// <remarks>B. Pearlmutter, "Fast exact multiplication by the Hessian", 1994: <c>Hv = ∇⟨∇L, v⟩</c>.</remarks>
public sealed class HessianOperator : ISymmetricOperator, IDisposable
{
    private readonly LossLandscape _landscape;
    private readonly Tensor _parameters;
    private readonly Tensor[] _leaves;
    private readonly List<(Tensor[] Gradients, int[] Slots)> _batches = [];
    private readonly TangentProduct? _tangents;
    private HessianOperator? _reference;
    private bool _disposed;

    internal HessianOperator(LossLandscape landscape, Tensor parameters)
    {
        Blocks.CheckVector(parameters, landscape.Dimension);
        _landscape = landscape;
        landscape.CountGradient();
        using var scope = NewDisposeScope();
        using var mode = enable_grad();
        _parameters = parameters.detach().clone().DetachFromDisposeScope();
        _tangents = landscape.Options is { AlwaysDifferentiate: false, Device: "cpu" } ? TangentProduct.Create(landscape, _parameters) : null;
        _leaves = _tangents is not null ? [] : [.. landscape.Leaves(parameters).Select(leaf => leaf.DetachFromDisposeScope())];
        if (_tangents is not null)
            return;
        foreach (var batch in landscape.Batches())
        {
            using var inner = NewDisposeScope();
            var loss = landscape.BatchLoss(_leaves, batch);
            if (!loss.requires_grad)
                continue;
            // Both flags: retain_graph does not default to create_graph here. Unused parameters have no gradient, linear ones a constant one.
            var gradients = autograd.grad([loss], _leaves, null, retain_graph: true, create_graph: true, allow_unused: true);
            int[] slots = [.. Enumerable.Range(0, _leaves.Length).Where(i => !gradients[i].IsInvalid && gradients[i].requires_grad)];
            if (slots.Length > 0)
                _batches.Add(([.. slots.Select(i => gradients[i].DetachFromDisposeScope())], slots));
        }
    }

    /// <summary>P.</summary>
    public long Dimension => _landscape.Dimension;

    /// <summary>The landscape it belongs to.</summary>
    public LossLandscape Landscape => _landscape;

    /// <summary>Whether products go by automatic differentiation; otherwise they are written out by hand, layer by layer.</summary>
    public bool IsDifferentiated => _tangents is null;

    /// <summary>The Hessian with float64 products, made on first use and owned by this one.</summary>
    public ISymmetricOperator Reference
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _landscape.Options.DataType == ScalarType.Float64
                ? this
                : _reference ??= new HessianOperator(_landscape.InFloat64(), _parameters);
        }
    }

    /// <summary>The loss around θ, in float64 whatever the precision of the products. Not usable once this operator is disposed.</summary>
    public ILocalFunction Function => new LandscapeFunction(_landscape.InFloat64(), _parameters);

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        WorkMeter.AddProducts(block.shape[0]);
        var result = block.detach() * _landscape.Loss.WeightDecay;
        _tangents?.AddTo(result, block);
        for (long row = 0; row < block.shape[0] && _batches.Count > 0; row++)
            AddProduct(block.select(0, row), result.select(0, row));
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>Releases the retained graphs or values.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _reference?.Dispose();
        _tangents?.Dispose();
        foreach (var tensor in _batches.SelectMany(batch => batch.Gradients).Concat(_leaves).Append(_parameters))
            tensor.Dispose();
        _batches.Clear();
    }

    private void AddProduct(Tensor vector, Tensor total)
    {
        using var scope = NewDisposeScope();
        var parts = _landscape.Split(vector.detach());
        foreach (var (gradients, slots) in _batches)
        {
            using var inner = NewDisposeScope();
            var seeds = slots.Select(slot => parts[slot]).ToList();
            total.add_(_landscape.Flatten(autograd.grad(gradients, _leaves, seeds, retain_graph: true, create_graph: false, allow_unused: true)));
        }
    }
}
