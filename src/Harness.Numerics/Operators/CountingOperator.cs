using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Counts the products of another operator. Not thread-safe.</summary>
public sealed class CountingOperator : ISymmetricOperator
{
    private readonly ISymmetricOperator _inner;

    /// <summary>Wraps an operator; the counts start at zero.</summary>
    public CountingOperator(ISymmetricOperator inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
    }

    /// <inheritdoc/>
    public long Dimension => _inner.Dimension;

    /// <summary>Vectors multiplied so far: rows, not calls.</summary>
    public long Products { get; private set; }

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        var result = _inner.Multiply(block);
        Products += block.shape[0];
        return result;
    }

    /// <inheritdoc/>
    public ILocalFunction? Function => _inner.Function;

    /// <inheritdoc/>
    /// <remarks>Products with the reference are not counted here, unless it is the operator itself.</remarks>
    public ISymmetricOperator Reference => ReferenceEquals(_inner.Reference, _inner) ? this : _inner.Reference;
}
