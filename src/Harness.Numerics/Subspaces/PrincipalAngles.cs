using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Principal (canonical) angles between subspaces.</summary>
public static class PrincipalAngles
{
    /// <summary>
    /// The min(r_a, r_b) principal angles, radians in [0, π/2], ascending. Each is the arctangent of its sine over its cosine, so small and nearly right
    /// angles are both accurate to a few u absolutely (a cosine alone loses angles below 1e-8).
    /// </summary>
    /// <remarks>
    /// Å. Björck, G. Golub, "Numerical methods for computing angles between linear subspaces", 1973. Two coordinate subspaces are compared as index sets;
    /// otherwise the basis of the smaller subspace is written out.
    /// </remarks>
    /// <exception cref="ArgumentException">The subspaces lie in different spaces.</exception>
    public static double[] Between(Subspace a, Subspace b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.AmbientDimension != b.AmbientDimension)
            throw new ArgumentException($"The subspaces lie in ℝ^{a.AmbientDimension} and ℝ^{b.AmbientDimension}.");
        var (small, large) = a.Dimension <= b.Dimension ? (a, b) : (b, a);
        if (small.Dimension == 0)
            return [];
        if (small is CoordinateSubspace left && large is CoordinateSubspace right)
        {
            var common = left.CountCommon(right);
            return [.. Enumerable.Range(0, (int)small.Dimension).Select(i => i < common ? 0 : Math.PI / 2)];
        }
        using var scope = NewDisposeScope();
        var basis = small.Basis();
        var cosines = Blocks.ToArray(linalg.svdvals(large.Coordinates(basis)));
        var sines = Blocks.ToArray(linalg.svdvals(large.ProjectOff(basis)));
        // Both come in descending order: the largest cosine belongs to the smallest sine.
        return [.. cosines.Select((cosine, i) => Math.Atan2(sines[^(i + 1)], cosine)).Order()];
    }
}
