using Harness.Models;
using static TorchSharp.torch;

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

    /// <summary>A Haar-random orthogonal matrix.</summary>
    internal static Tensor Orthogonal(int size, int seed) => Numerics.Subspaces.Random(size, size, new RandomSource((ulong)seed, 5)).Basis();

    /// <summary>A rotation of two axes of one tensor and of both ends of an axis of another, on ℝ^(6n + 3 + n²).</summary>
    internal static RotationMap Rotation(int size, int seed) => new(
        new ParameterLayout([("a", [3, 2 * size + 1]), ("b", [size, size])]),
        [new("a", 1, Orthogonal(size, seed)), new("a", 1, Orthogonal(size, seed + 3), size + 1), new("b", 0, Orthogonal(size, seed + 1)), new("b", 1, Orthogonal(size, seed + 2))]);

    /// <summary>One map of every kind, all of one space.</summary>
    internal static IEnumerable<ILinearMap> Maps(SubspaceSpec spec)
    {
        var rotation = Rotation(1 + spec.First % 5, spec.Seed);
        var monomial = Monomial((int)rotation.Dimension, spec.Seed);
        return [monomial, new IdentityMap(rotation.Dimension), rotation, new ComposedMap(monomial, rotation), new InverseMap(new ComposedMap(rotation, monomial))];
    }

    /// <summary>Vectors here have unit norm and products of maps condition ≤ 16: orthonormality of the basis, times the condition.</summary>
    internal static double Limit(long ambient) => 16 * Tolerances.Orthonormality(ambient, ambient);
}
