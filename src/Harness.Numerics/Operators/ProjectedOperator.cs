using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// <c>PAP</c> on the whole of ℝⁿ, where P projects onto a subspace or off it. What the projection removes becomes null space.
/// </summary>
public sealed class ProjectedOperator : ISymmetricOperator
{
    private readonly ISymmetricOperator _inner;
    private readonly Subspace _subspace;
    private readonly bool _off;

    private ProjectedOperator(ISymmetricOperator inner, Subspace subspace, bool off)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(subspace);
        if (inner.Dimension != subspace.AmbientDimension)
            throw new ArgumentException($"The operator acts on ℝ^{inner.Dimension}, the subspace lies in ℝ^{subspace.AmbientDimension}.");
        (_inner, _subspace, _off) = (inner, subspace, off);
    }

    /// <summary>The operator restricted to a subspace.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static ProjectedOperator Onto(ISymmetricOperator inner, Subspace subspace) => new(inner, subspace, off: false);

    /// <summary>The operator restricted to the orthogonal complement of a subspace.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static ProjectedOperator Off(ISymmetricOperator inner, Subspace subspace) => new(inner, subspace, off: true);

    /// <inheritdoc/>
    public long Dimension => _inner.Dimension;

    /// <inheritdoc/>
    public ISymmetricOperator Reference =>
        ReferenceEquals(_inner.Reference, _inner) ? this : new ProjectedOperator(_inner.Reference, _subspace, _off);

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        using var scope = NewDisposeScope();
        return Project(_inner.Multiply(Project(block))).MoveToOuterDisposeScope();
    }

    private Tensor Project(Tensor block) => _off ? _subspace.ProjectOff(block) : _subspace.Project(block);
}
