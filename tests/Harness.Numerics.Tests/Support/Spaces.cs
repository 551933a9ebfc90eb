using Harness.Models;

namespace Harness.Numerics.Tests;

/// <summary>Subspaces and maps built from a spec.</summary>
internal static class Spaces
{
    internal static DenseSubspace Dense(SubspaceSpec spec, int dimension) =>
        Numerics.Subspaces.Random(spec.Ambient, dimension, new RandomSource((ulong)spec.Seed, 1));

    internal static CoordinateSubspace Axes(SubspaceSpec spec, int dimension) => new(
        spec.Ambient, [.. new RandomSource((ulong)spec.Seed, 2).Permutation(spec.Ambient).Take(dimension).Select(index => (long)index).Order()]);

    /// <summary>A permutation with scales ± [½, 2], as a rescaling disguise has.</summary>
    internal static MonomialMap Monomial(int dimension, int seed)
    {
        var random = new RandomSource((ulong)seed, 4);
        long[] source = [.. random.Permutation(dimension).Select(index => (long)index)];
        return new MonomialMap(source, [.. source.Select(_ => (random.NextInt32(2) * 2 - 1) * Math.Exp(random.NextDouble(-Math.Log(2), Math.Log(2))))]);
    }

    /// <summary>Vectors here have unit norm and maps condition ≤ 4: orthonormality of the basis, times the condition.</summary>
    internal static double Limit(long ambient) => 4 * Tolerances.Orthonormality(ambient, ambient);
}
