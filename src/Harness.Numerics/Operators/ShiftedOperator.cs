using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary><c>A + σI</c>.</summary>
public sealed class ShiftedOperator : ISymmetricOperator
{
    private readonly ISymmetricOperator _inner;

    /// <summary>Shifts an operator.</summary>
    /// <param name="inner">A.</param>
    /// <param name="shift">σ, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shift"/> is not finite.</exception>
    public ShiftedOperator(ISymmetricOperator inner, double shift)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (!double.IsFinite(shift))
            throw new ArgumentOutOfRangeException(nameof(shift), shift, "The shift must be finite.");
        (_inner, Shift) = (inner, shift);
    }

    /// <summary>σ.</summary>
    public double Shift { get; }

    /// <inheritdoc/>
    public long Dimension => _inner.Dimension;

    /// <inheritdoc/>
    public ISymmetricOperator Reference => ReferenceEquals(_inner.Reference, _inner) ? this : new ShiftedOperator(_inner.Reference, Shift);

    /// <inheritdoc/>
    public ILocalFunction? Function => _inner.Function is { } function ? new ShiftedFunction(function, Shift) : null;

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        using var scope = NewDisposeScope();
        return (_inner.Multiply(block) + block * Shift).MoveToOuterDisposeScope();
    }
}
