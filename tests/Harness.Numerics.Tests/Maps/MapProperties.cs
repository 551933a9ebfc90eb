using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// The four products of a map fit together. Kills: inverse confused with transpose (equal for permutations, not for rescalings), source read as target,
/// a scale applied after the permutation instead of before it.
/// </summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
public class MapProperties
{
    [Property]
    public void Monomial_follows_its_definition(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var random = new RandomSource((ulong)spec.Seed);
        long[] source = [.. random.Permutation(spec.Ambient).Select(index => (long)index)];
        double[] scale = [.. source.Select(_ => random.NextDouble(1, 2))];
        var vector = random.Gaussians(spec.Ambient);
        var mapped = Expect.Numbers(new MonomialMap(source, scale).Apply(tensor(vector).unsqueeze(0)));
        for (var i = 0; i < spec.Ambient; i++)
            Assert.Equal(scale[i] * vector[source[i]], mapped[i]);
    }

    [Property]
    public void Inverses_invert_and_transposes_are_adjoint(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        foreach (var map in new ILinearMap[] { Spaces.Monomial(spec.Ambient, spec.Seed), new IdentityMap(spec.Ambient) })
        {
            var random = new RandomSource((ulong)spec.Seed, 6);
            var (u, v) = (Vector(), Vector());
            Tensor Vector() => tensor(random.Gaussians(spec.Ambient), [1, spec.Ambient]) / Math.Sqrt(spec.Ambient);
            var limit = Spaces.Limit(spec.Ambient);
            Expect.Close(u, map.ApplyInverse(map.Apply(u)), limit);
            Expect.Close(u, map.ApplyInverseTranspose(map.ApplyTranspose(u)), limit);
            Expect.Close((map.Apply(u) * v).sum(), (u * map.ApplyTranspose(v)).sum(), limit);
            Expect.Close((map.ApplyInverse(u) * v).sum(), (u * map.ApplyInverseTranspose(v)).sum(), limit);
        }
    }

    [Fact]
    public void Only_unit_scales_are_orthogonal()
    {
        Assert.True(new MonomialMap([1, 0], [1, -1]).IsOrthogonal);
        Assert.False(new MonomialMap([1, 0], [1, 2]).IsOrthogonal);
    }
}
