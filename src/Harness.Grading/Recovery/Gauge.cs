using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Pulls answers back to the undisguised gauge through the disguise T: directions <c>Q ↦ orth(T⁻¹Q)</c>, components <c>p ↦ T⁻¹p</c>. Every norm,
/// containment and Dice is computed there; without it a rescaling alone makes a perfect answer look poor.
/// </summary>
/// <remarks>grading.md, Gauge.</remarks>
public static class Gauge
{
    /// <summary>The answer in the undisguised gauge.</summary>
    /// <param name="decomposition">Has passed <see cref="DecompositionValidation"/>.</param>
    /// <param name="disguise">T; null: the gauge is undisguised already.</param>
    public static Decomposition PullBack(Decomposition decomposition, ILinearMap? disguise)
    {
        ArgumentNullException.ThrowIfNull(decomposition);
        return decomposition with { Subnetworks = [.. decomposition.Subnetworks.Select(one => PullBack(one, disguise))] };
    }

    /// <remarks>No dispose scope of its own: a subspace's tensors stay in the scope in which it was made, the caller's.</remarks>
    private static Subnetwork PullBack(Subnetwork subnetwork, ILinearMap? disguise)
    {
        var directions = subnetwork.Directions is { } submitted ? Orthonormal(submitted) : null;
        var component = subnetwork.Component;
        if (disguise is not null)
        {
            directions = directions is null ? null : Transform(disguise, directions);
            component = component is null ? null : disguise.ApplyInverse(component.unsqueeze(0)).squeeze(0);
        }
        return new Subnetwork(subnetwork.Name, directions, component, subnetwork.Activity);
    }

    /// <summary>
    /// A method may hand in any <see cref="Subspace"/>, also one of its own that claims an orthonormal basis. Index sets are taken as they are;
    /// whatever else is written out and orthonormalised here. The whole space needs no basis in any gauge.
    /// </summary>
    private static Subspace Orthonormal(Subspace subspace)
    {
        if (subspace is CoordinateSubspace)
            return subspace;
        var span = IsOrthonormal(subspace) ? subspace : DenseSubspace.Span(Normalised(subspace.Basis()));
        return span.Dimension == span.AmbientDimension ? CoordinateSubspace.Whole(span.AmbientDimension) : span;
    }

    /// <summary>A direction's length carries no meaning: a short row counts as much as a long one, as it does in a file. Rows of zeros stay.</summary>
    private static Tensor Normalised(Tensor rows)
    {
        if (rows.shape[0] == 0)
            return rows;
        var largest = rows.abs().amax([1], true);
        // Over the largest entry first: squares of 1e±160 are no doubles.
        var scaled = where(largest > 0, rows / largest, zeros_like(rows));
        return where(largest > 0, scaled / scaled.square().sum(1, keepdim: true).sqrt(), zeros_like(rows));
    }

    /// <summary>Rows that are orthonormal, which is checked here again, need not be made so: of many directions a decomposition is most of the cost of grading.</summary>
    private static bool IsOrthonormal(Subspace subspace)
    {
        if (subspace is not DenseSubspace { Dimension: > 0 })
            return false;
        using var scope = NewDisposeScope();
        var rows = subspace.Basis();
        var deviation = (rows.matmul(rows.t()) - eye(rows.shape[0], rows.shape[0], float64)).abs().max().ToDouble();
        return deviation <= Tolerances.Orthonormality(rows.shape[0], rows.shape[1]);
    }

    private static Subspace Transform(ILinearMap disguise, Subspace directions)
    {
        if (directions.Dimension == directions.AmbientDimension)
            return directions;
        return directions is DenseSubspace { Dimension: > 0 } && WellConditioned(disguise.ApplyInverse(directions.Basis())) is { } written
            ? written
            : Subspaces.Transform(disguise, directions, inverse: true);
    }

    /// <summary>
    /// The span of rows by a QR decomposition, at a fraction of the cost of singular values; null where they are so nearly dependent that their rank is a matter
    /// of singular values.
    /// </summary>
    private static DenseSubspace? WellConditioned(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var (q, r) = linalg.qr(rows.t());
        var values = linalg.svdvals(r).data<double>().ToArray();
        return values[^1] > LeastCondition * values[0] ? new DenseSubspace(q.t().contiguous().MoveToOuterDisposeScope()) : null;
    }

    /// <summary>Least ratio of singular values of rows that are orthonormalised without them. A disguise that a model admits stays far above it.</summary>
    private const double LeastCondition = 1e-6;
}
