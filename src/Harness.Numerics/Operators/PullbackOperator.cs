using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// <c>Σ_i s_i J_iᵀ M_i J_i + σI</c>: a metric on the outputs of a network, pulled back to its parameters. J is the Jacobian of the outputs, M_i positive
/// semidefinite, s_i the samples' shares of the data set (weights included). One product is one with J, one with M and one with Jᵀ. Holds retained graphs
/// until disposed. Not thread-safe.
/// </summary>
/// <remarks>Products with J and Jᵀ run in the landscape's precision; M, the sums over samples' batches and σ are float64.</remarks>
public abstract class PullbackOperator : ISymmetricOperator, IDisposable
{
    private readonly Tensor _parameters;
    private readonly OutputJacobian _jacobian;
    private readonly OutputMetric _metric;
    private readonly Tensor _shares;
    private readonly double _shift;
    private PullbackOperator? _reference;
    private bool _disposed;

    private protected PullbackOperator(LossLandscape landscape, Tensor parameters, Func<Tensor, OutputMetric> metric, double shift)
    {
        Blocks.CheckVector(parameters, landscape.Dimension);
        (Landscape, _shift) = (landscape, shift);
        using var scope = NewDisposeScope();
        _parameters = parameters.detach().clone().DetachFromDisposeScope();
        _jacobian = landscape.Jacobian(parameters);
        _metric = metric(_jacobian.Outputs());
        _shares = landscape.Shares().unsqueeze(1).DetachFromDisposeScope();
    }

    /// <summary>P.</summary>
    public long Dimension => Landscape.Dimension;

    /// <summary>The landscape it belongs to.</summary>
    public LossLandscape Landscape { get; }

    /// <summary>The operator with float64 products, made on first use and owned by this one.</summary>
    public ISymmetricOperator Reference
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Landscape.Options.DataType == ScalarType.Float64 ? this : _reference ??= At(Landscape.InFloat64(), _parameters);
        }
    }

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Blocks.Check(block, Dimension);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var result = block.detach() * _shift;
        for (long row = 0; row < block.shape[0]; row++)
        {
            // One row at a time: tangents of all outputs are N·C numbers each.
            using var inner = NewDisposeScope();
            var tangent = _jacobian.Multiply(block.narrow(0, row, 1))[0];
            result.select(0, row).add_(_jacobian.MultiplyTranspose(_metric.Multiply(tangent).mul_(_shares).unsqueeze(0))[0]);
        }
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>Releases the retained graphs.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _reference?.Dispose();
        _jacobian.Dispose();
        _metric.Dispose();
        _parameters.Dispose();
        _shares.Dispose();
    }

    /// <summary>The same kind of operator on another landscape.</summary>
    private protected abstract PullbackOperator At(LossLandscape landscape, Tensor parameters);
}
