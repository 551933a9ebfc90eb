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

    /// <summary>
    /// The operator restricted to the complement of the gradient: the form for a point that is not a minimum. There a step along an eigenvector of the
    /// Hessian itself changes the loss at first order in <c>gᵀv</c>; along one of this operator it is curvature alone.
    /// </summary>
    /// <param name="inner">The curvature.</param>
    /// <param name="gradient">g, <c>[n]</c> float64 and finite; at a stationary point (g = 0) nothing is taken off.</param>
    /// <exception cref="ArgumentException">The gradient is not <c>[n]</c> float64, or not finite.</exception>
    public static ProjectedOperator OffGradient(ISymmetricOperator inner, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Blocks.CheckVector(gradient, inner.Dimension);
        return Off(inner, DenseSubspace.Span(gradient.detach().unsqueeze(0)));
    }

    /// <inheritdoc/>
    public long Dimension => _inner.Dimension;

    /// <inheritdoc/>
    public ISymmetricOperator Reference =>
        ReferenceEquals(_inner.Reference, _inner) ? this : new ProjectedOperator(_inner.Reference, _subspace, _off);

    /// <inheritdoc/>
    public ILocalFunction? Function => _inner.Function is { } function ? new MappedFunction(function, Project) : null;

    /// <inheritdoc/>
    public Tensor Multiply(Tensor block)
    {
        using var scope = NewDisposeScope();
        return Project(_inner.Multiply(Project(block))).MoveToOuterDisposeScope();
    }

    private Tensor Project(Tensor block) => _off ? _subspace.ProjectOff(block) : _subspace.Project(block);
}
