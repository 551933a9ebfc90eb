using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// <c>T = outer·inner</c>: the inner map acts first. Hence <c>T⁻¹ = inner⁻¹·outer⁻¹</c>, <c>Tᵀ = innerᵀ·outerᵀ</c> and <c>T⁻ᵀ = outer⁻ᵀ·inner⁻ᵀ</c>.
/// <see cref="LinearMaps.After"/> makes it, where the product is no simpler map.
/// </summary>
public sealed class ComposedMap : ILinearMap
{
    /// <summary>Composes two maps of one space.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public ComposedMap(ILinearMap outer, ILinearMap inner)
    {
        ArgumentNullException.ThrowIfNull(outer);
        ArgumentNullException.ThrowIfNull(inner);
        if (outer.Dimension != inner.Dimension)
            throw new ArgumentException($"A map of ℝ^{outer.Dimension} cannot follow one of ℝ^{inner.Dimension}.", nameof(outer));
        (Outer, Inner) = (outer, inner);
    }

    /// <summary>The map that acts last.</summary>
    public ILinearMap Outer { get; }

    /// <summary>The map that acts first.</summary>
    public ILinearMap Inner { get; }

    /// <inheritdoc/>
    public long Dimension => Outer.Dimension;

    /// <summary>Whether both maps are orthogonal; a product of others that happens to be orthogonal is not recognised.</summary>
    public bool IsOrthogonal => Outer.IsOrthogonal && Inner.IsOrthogonal;

    /// <inheritdoc/>
    public Tensor Apply(Tensor block) => Both(Inner.Apply, Outer.Apply, block);

    /// <inheritdoc/>
    public Tensor ApplyInverse(Tensor block) => Both(Outer.ApplyInverse, Inner.ApplyInverse, block);

    /// <inheritdoc/>
    public Tensor ApplyTranspose(Tensor block) => Both(Outer.ApplyTranspose, Inner.ApplyTranspose, block);

    /// <inheritdoc/>
    public Tensor ApplyInverseTranspose(Tensor block) => Both(Inner.ApplyInverseTranspose, Outer.ApplyInverseTranspose, block);

    private static Tensor Both(Func<Tensor, Tensor> first, Func<Tensor, Tensor> second, Tensor block)
    {
        using var scope = NewDisposeScope();
        return second(first(block)).MoveToOuterDisposeScope();
    }
}
