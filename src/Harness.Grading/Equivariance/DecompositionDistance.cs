using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>How far two decompositions are apart. The order of subnetworks and the basis of a subspace carry no meaning.</summary>
public static class DecompositionDistance
{
    /// <summary>
    /// The largest distance within the best pairing found: sine of the largest principal angle for directions, <c>‖p −
    /// q‖/max(‖p‖, ‖q‖)</c> for components. In [0, 2]; infinite when numbers of subnetworks, ranks or the kinds of parts differ.
    /// Activities are not compared.
    /// </summary>
    /// <remarks>
    /// Pairs are taken greedily, nearest first: exact when equal answers are far closer than different ones, which is what this decides.
    /// </remarks>
    public static double Between(Decomposition left, Decomposition right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Subnetworks.Count != right.Subnetworks.Count)
            return double.PositiveInfinity;
        using var scope = NewDisposeScope();
        var free = right.Subnetworks.ToList();
        var largest = 0.0;
        foreach (var subnetwork in left.Subnetworks)
        {
            var (distance, nearest) = free.Select((other, i) => (Between(subnetwork, other), i)).Min();
            free.RemoveAt(nearest);
            largest = Math.Max(largest, distance);
        }
        return largest;
    }

    private static double Between(Subnetwork left, Subnetwork right)
    {
        if ((left.Directions is null, left.Component is null) != (right.Directions is null, right.Component is null))
            return double.PositiveInfinity;
        var directions = left.Directions is { } a && right.Directions is { } b ? Between(a, b) : 0;
        var components = left.Component is { } p && right.Component is { } q ? Between(p, q) : 0;
        return Math.Max(directions, components);
    }

    private static double Between(Subspace left, Subspace right) =>
        left.Dimension != right.Dimension || left.AmbientDimension != right.AmbientDimension
            ? double.PositiveInfinity
            // Index sets of one size are equal, or some axis is orthogonal to all of the other's.
            : left is CoordinateSubspace one && right is CoordinateSubspace other ? one.Indices.SequenceEqual(other.Indices) ? 0 : 1
            : Math.Sin(PrincipalAngles.Between(left, right).DefaultIfEmpty(0).Max());

    private static double Between(Tensor left, Tensor right)
    {
        if (!left.shape.SequenceEqual(right.shape))
            return double.PositiveInfinity;
        var longest = Math.Sqrt(Math.Max(left.square().sum().ToDouble(), right.square().sum().ToDouble()));
        return longest == 0 ? 0 : Math.Sqrt((left - right).square().sum().ToDouble()) / longest;
    }
}
