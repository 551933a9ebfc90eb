using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The operator as a solver sees it: products are counted, checked to be finite, stopped by cancellation, and divided by a power of two that brings the
/// operator's norm near 1, so that squared lengths neither over- nor underflow at any scale of the loss.
/// </summary>
internal sealed class MeasuredOperator(ISymmetricOperator inner, CancellationToken cancellation)
{
    private readonly long[] _spent = new long[Enum.GetValues<ProductPurpose>().Length];
    private bool _isScaled;

    internal long Dimension => inner.Dimension;

    /// <summary>What the products from now on are made for.</summary>
    internal ProductPurpose Purpose { get; set; }

    /// <summary>All products so far.</summary>
    internal long Products => _spent.Sum();

    /// <summary>Products so far by purpose.</summary>
    internal ProductSplit Split => new(
        _spent[(int)ProductPurpose.Iteration], _spent[(int)ProductPurpose.Sweep], _spent[(int)ProductPurpose.Certificate], _spent[(int)ProductPurpose.Proof]);

    /// <summary>True operator = Scale × the products given here.</summary>
    internal double Scale { get; private set; } = 1;

    /// <summary>Whether the operator's products run in a precision below float64.</summary>
    internal bool HasReference => !ReferenceEquals(inner.Reference, inner);

    /// <summary>The number, from 1, of the first product that was not finite.</summary>
    internal long? NonFiniteProduct { get; private set; }

    internal ILocalFunction? Function => inner.Function;

    internal CancellationToken Cancellation => cancellation;

    /// <summary>Product <c>[k, n] → [k, n]</c> in the working precision.</summary>
    internal Tensor Multiply(Tensor block) => Multiply(inner, block);

    /// <summary>Product <c>[k, n] → [k, n]</c> in float64.</summary>
    internal Tensor MultiplyReference(Tensor block) => Multiply(inner.Reference, block);

    private Tensor Multiply(ISymmetricOperator op, Tensor block)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var product = op.Multiply(block);
        _spent[(int)Purpose] += block.shape[0];
        Check(product, block);
        if (!_isScaled)
            ChooseScale(product);
        return (Scale == 1 ? product : product / Scale).MoveToOuterDisposeScope();
    }

    /// <summary>The first product decides once and for all: solvers begin with a Gaussian vector, which no non-zero operator maps to zero.</summary>
    private void ChooseScale(Tensor product)
    {
        _isScaled = true;
        var largest = product.abs().max().ToDouble();
        // Kept within what a double's reciprocal can hold; beyond it the products themselves are subnormal or infinite.
        if (largest > 0)
            Scale = Math.ScaleB(1, Math.Clamp(Math.ILogB(largest), -1000, 1000));
    }

    private void Check(Tensor product, Tensor block)
    {
        if (!product.shape.AsSpan().SequenceEqual(block.shape) || product.dtype != ScalarType.Float64)
            throw new ArgumentException(
                $"The operator must map [k, n] to [k, n] float64, but mapped [{string.Join(", ", block.shape)}] to {product.dtype} [{string.Join(", ", product.shape)}].");
        // A sum of squares hides no NaN and no infinity, and costs a fifth of looking at each entry; one that overflows decides nothing.
        var flat = product.reshape(-1);
        if (double.IsFinite(flat.dot(flat).ToDouble()) || product.isfinite().all().item<bool>())
            return;
        var bad = product.isfinite().logical_not();
        var number = Products - block.shape[0] + 1 + Array.FindIndex(Blocks.ToArray(bad.sum(1)), count => count > 0);
        NonFiniteProduct ??= number;
        throw new NonFiniteProductException(string.Create(
            CultureInfo.InvariantCulture,
            $"{bad.sum().ToInt64()} of {product.numel()} entries of the operator's products from number {number} on are not finite, though the vector is. Check that θ and the loss on every sample are finite, and try float64."));
    }
}
