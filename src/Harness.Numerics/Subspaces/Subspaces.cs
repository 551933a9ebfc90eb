using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Subspaces made from others, or at random.</summary>
public static class Subspaces
{
    /// <summary>
    /// The image <c>T·S</c>, or <c>T⁻¹·S</c>. A coordinate subspace stays one under the identity and under a <see cref="MonomialMap"/>; a dense one is
    /// written out; anything else becomes a <see cref="TransformedSubspace"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static Subspace Transform(ILinearMap map, Subspace subspace, bool inverse)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(subspace);
        if (map.Dimension != subspace.AmbientDimension)
            throw new ArgumentException($"The map acts on ℝ^{map.Dimension}, the subspace lies in ℝ^{subspace.AmbientDimension}.");
        var acting = inverse ? map.Inverse() : map;
        return (acting, subspace) switch
        {
            (IdentityMap, _) => subspace,
            (MonomialMap monomial, CoordinateSubspace axes) => new CoordinateSubspace(
                axes.AmbientDimension, [.. axes.Indices.Select(monomial.Target).Order()]),
            (_, DenseSubspace) => WrittenOut(acting, subspace),
            _ => new TransformedSubspace(acting, subspace),
        };
    }

    private static Subspace WrittenOut(ILinearMap map, Subspace subspace)
    {
        using var scope = NewDisposeScope();
        return DenseSubspace.Span(map.Apply(subspace.Basis())).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The sum of subspaces: all that their vectors span together. Coordinate subspaces give one; otherwise the bases are written out and
    /// directions below <see cref="Tolerances.Rank"/> dropped.
    /// </summary>
    /// <param name="subspaces">At least one, all in the same space.</param>
    /// <exception cref="ArgumentException">There is none, or they lie in different spaces.</exception>
    public static Subspace Sum(IReadOnlyList<Subspace> subspaces)
    {
        ArgumentNullException.ThrowIfNull(subspaces);
        if (subspaces.Count == 0 || subspaces.Any(subspace => subspace.AmbientDimension != subspaces[0].AmbientDimension))
            throw new ArgumentException(
                $"Expected subspaces (at least one) of one space, got ambient dimensions [{string.Join(", ", subspaces.Select(subspace => subspace.AmbientDimension))}].",
                nameof(subspaces));
        if (subspaces.All(subspace => subspace is CoordinateSubspace))
            return new CoordinateSubspace(
                subspaces[0].AmbientDimension, [.. subspaces.SelectMany(subspace => ((CoordinateSubspace)subspace).Indices).Distinct().Order()]);
        using var scope = NewDisposeScope();
        return DenseSubspace.Span(cat([.. subspaces.Select(subspace => subspace.Basis())], 0)).MoveToOuterDisposeScope();
    }

    /// <summary>A uniformly (Haar) distributed r-dimensional subspace of ℝⁿ, by the QR decomposition of a Gaussian matrix.</summary>
    /// <param name="ambientDimension">n, at least 1.</param>
    /// <param name="dimension">r, 0 … n.</param>
    /// <param name="random">Source of the Gaussians.</param>
    /// <remarks>F. Mezzadri, "How to generate random matrices from the classical compact groups", 2007: signs fixed so that the basis is Haar too.</remarks>
    public static DenseSubspace Random(long ambientDimension, long dimension, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ambientDimension);
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, ambientDimension);
        using var scope = NewDisposeScope();
        if (dimension == 0)
            return new DenseSubspace(zeros([0, ambientDimension], ScalarType.Float64).MoveToOuterDisposeScope());
        var (q, r) = linalg.qr(Blocks.Gaussian(random, dimension, ambientDimension).transpose(0, 1).contiguous());
        var signs = r.diagonal(0, 0, 1).ge(0).to(ScalarType.Float64) * 2 - 1;
        return new DenseSubspace((q * signs).transpose(0, 1).contiguous().MoveToOuterDisposeScope());
    }
}
