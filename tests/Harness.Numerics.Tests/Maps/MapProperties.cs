using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// The four products of a map fit together. Kills: inverse confused with transpose (equal for permutations, not for rescalings), source read as target,
/// a scale applied after the permutation instead of before it, the factors of an inverse or a transpose in the wrong order.
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
        foreach (var map in Spaces.Maps(spec))
        {
            var random = new RandomSource((ulong)spec.Seed, 6);
            var (u, v) = (Vector(), Vector());
            Tensor Vector() => tensor(random.Gaussians(map.Dimension), [1, map.Dimension]) / Math.Sqrt(map.Dimension);
            var limit = Spaces.Limit(map.Dimension);
            Expect.Close(u, map.ApplyInverse(map.Apply(u)), limit);
            Expect.Close(u, map.ApplyInverseTranspose(map.ApplyTranspose(u)), limit);
            Expect.Close((map.Apply(u) * v).sum(), (u * map.ApplyTranspose(v)).sum(), limit);
            Expect.Close((map.ApplyInverse(u) * v).sum(), (u * map.ApplyInverseTranspose(v)).sum(), limit);
            Expect.Close(zeros([0, map.Dimension], dtype: float64), map.Apply(u.narrow(0, 0, 0)), 0);
            if (map.IsOrthogonal)
                Expect.Close(u.norm(), map.Apply(u).norm(), limit);
        }
    }

    /// <summary>A product is what its factors do one after the other, and an inverse what undoes it, in whatever form they are kept.</summary>
    [Property]
    public void Products_and_inverses_act_like_their_factors(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var maps = Spaces.Maps(spec).ToList();
        var vector = tensor(new RandomSource((ulong)spec.Seed, 7).Gaussians(maps[0].Dimension), [1, maps[0].Dimension]) / Math.Sqrt(maps[0].Dimension);
        var limit = Spaces.Limit(maps[0].Dimension);
        foreach (var outer in maps)
        {
            var inverse = outer.Inverse();
            Expect.Close(outer.ApplyInverse(vector), inverse.Apply(vector), limit);
            Expect.Close(outer.Apply(vector), inverse.ApplyInverse(vector), limit);
            Expect.Close(outer.ApplyInverseTranspose(vector), inverse.ApplyTranspose(vector), limit);
            Expect.Close(outer.ApplyTranspose(vector), inverse.ApplyInverseTranspose(vector), limit);
            foreach (var inner in maps)
            {
                var product = outer.After(inner);
                Expect.Close(outer.Apply(inner.Apply(vector)), product.Apply(vector), limit);
                Expect.Close(inner.ApplyInverse(outer.ApplyInverse(vector)), product.ApplyInverse(vector), limit);
                Expect.Close(inner.ApplyTranspose(outer.ApplyTranspose(vector)), product.ApplyTranspose(vector), limit);
                Expect.Close(vector, product.Inverse().Apply(product.Apply(vector)), limit);
            }
        }
    }

    /// <summary>Coordinate subspaces stay coordinate only under maps that are known to be monomial.</summary>
    [Fact]
    public void Products_and_inverses_of_monomial_maps_stay_monomial()
    {
        var (first, second) = (Spaces.Monomial(7, 1), Spaces.Monomial(7, 2));
        Assert.IsType<MonomialMap>(first.After(second));
        Assert.IsType<MonomialMap>(first.Inverse());
        Assert.Same(first, first.After(new IdentityMap(7)));
        Assert.Same(first, new IdentityMap(7).After(first));
    }

    [Fact]
    public void Only_unit_scales_are_orthogonal()
    {
        Assert.True(new MonomialMap([1, 0], [1, -1]).IsOrthogonal);
        Assert.False(new MonomialMap([1, 0], [1, 2]).IsOrthogonal);
    }

    [Fact]
    public void Maps_of_different_spaces_do_not_compose() => Assert.Equal(
        "A map of ℝ^3 cannot follow one of ℝ^2. (Parameter 'outer')",
        Assert.Throws<ArgumentException>(() => new IdentityMap(3).After(new IdentityMap(2))).Message);
}
