using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// An r-dimensional linear subspace of ℝⁿ with a fixed orthonormal basis B <c>[r, n]</c> (rows), which need not be written out.
/// Blocks are <c>[k, n]</c> float64, rows are vectors; results belong to the caller's dispose scope.
/// </summary>
public abstract class Subspace
{
    /// <summary>n.</summary>
    public abstract long AmbientDimension { get; }

    /// <summary>r, 0 … n.</summary>
    public abstract long Dimension { get; }

    /// <summary>Coordinates in the basis: <c>block · Bᵀ</c>, <c>[k, n] → [k, r]</c>.</summary>
    public abstract Tensor Coordinates(Tensor block);

    /// <summary>Vectors with given coordinates: <c>coordinates · B</c>, <c>[k, r] → [k, n]</c>.</summary>
    public abstract Tensor Embed(Tensor coordinates);

    /// <summary>Orthogonal projection onto the subspace: <c>block · BᵀB</c>, <c>[k, n] → [k, n]</c>.</summary>
    public virtual Tensor Project(Tensor block)
    {
        using var scope = NewDisposeScope();
        return Embed(Coordinates(block)).MoveToOuterDisposeScope();
    }

    /// <summary>Orthogonal projection off the subspace: <c>block − Project(block)</c>.</summary>
    /// <remarks>Projected twice: one pass leaves a share u·‖block‖ inside, which dominates when almost nothing is outside.</remarks>
    public virtual Tensor ProjectOff(Tensor block)
    {
        using var scope = NewDisposeScope();
        var once = block - Project(block);
        return (once - Project(once)).MoveToOuterDisposeScope();
    }

    /// <summary>The basis written out, <c>[r, n]</c>. Costs r·n numbers: only where both are known to be small.</summary>
    public abstract Tensor Basis();

    /// <summary>Hands the tensors it is made of to the dispose scope outside the current one, as a tensor's method of this name does.</summary>
    /// <returns>This subspace.</returns>
    public virtual Subspace MoveToOuterDisposeScope() => this;
}
