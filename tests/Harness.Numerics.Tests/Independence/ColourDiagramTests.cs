using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// Independence of two subspaces and the colour diagram, against constructions with known angles. Kills: shares by inclusion and exclusion (negative where
/// the spaces lean on each other), "both" counted twice, a report that is not swapped with its sets, a random reference of another size.
/// </summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 60, QuietOnSuccess = true)]
public class ColourDiagramTests
{
    [Property]
    public void Shares_are_no_less_than_nothing_and_add_up_to_one(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var (a, b, vectors) = Pair(spec);
        foreach (var shares in ColourDiagram.Of(a, b, vectors))
        {
            double[] all = [shares.First, shares.Second, shares.Both, shares.Neither];
            Assert.All(all, share => Assert.InRange(share, 0, 1 + Tolerances.Angle(spec.Ambient)));
            Assert.True(Math.Abs(all.Sum() - 1) <= Tolerances.Angle(spec.Ambient), $"sum {all.Sum():g17}");
        }
    }

    [Property]
    public void Swapping_the_sets_swaps_the_report(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var (a, b, vectors) = Pair(spec);
        foreach (var (there, back) in ColourDiagram.Of(a, b, vectors).Zip(ColourDiagram.Of(b, a, vectors)))
            Assert.All(
                new[] { there.First - back.Second, there.Second - back.First, there.Both - back.Both, there.Neither - back.Neither },
                difference => Assert.True(Math.Abs(difference) <= Math.Sqrt(Tolerances.Angle(spec.Ambient))));
        if (spec.First == 0 || spec.Second == 0)
            return;
        var (forward, backward) = (SubspaceIndependence.Between(a.Basis(), b.Basis()), SubspaceIndependence.Between(b.Basis(), a.Basis()));
        Assert.Equal(forward.UnionDimension, backward.UnionDimension);
        Assert.True(Math.Abs(forward.MeanSquaredCosine - backward.MeanSquaredCosine) <= Tolerances.Angle(spec.Ambient));
        for (var row = 0; row < spec.First; row++)
            for (var column = 0; column < spec.Second; column++)
                Assert.True(Math.Abs(forward.Overlap[row, column] - backward.Overlap[column, row]) <= Tolerances.Angle(spec.Ambient));
    }

    [Fact]
    public void Known_angles_give_known_shares()
    {
        using var scope = NewDisposeScope();
        // A = (e1, e2), B = (e1, cos·e2 + sin·e3): one direction in common, one pair at 60°.
        var turned = Rows(12, (1, 0.5), (2, Math.Sqrt(0.75)));
        var (a, b) = (new DenseSubspace(cat([Rows(12, (0, 1)), Rows(12, (1, 1))], 0)), new DenseSubspace(cat([Rows(12, (0, 1)), turned], 0)));
        var shares = ColourDiagram.Of(a, b, cat([Rows(12, (0, 1)), Rows(12, (1, 1)), Rows(12, (5, 1)), turned], 0));
        // The orthonormal pair nearest to two vectors at 60° leans 15° off each: cos² = (2 + √3)/4, of the three quarters that are not in common.
        var near = 0.75 * (2 + Math.Sqrt(3)) / 4;
        Check(shares[0], 0, 0, 1, 0);
        Check(shares[1], near, 0.75 - near, 0.25, 0);
        Check(shares[2], 0, 0, 0, 1);
        Check(shares[3], 0.75 - near, near, 0.25, 0);
        var independence = SubspaceIndependence.Between(a.Basis(), b.Basis());
        Assert.Equal(3, independence.UnionDimension);
        Assert.False(independence.IsLinearlyIndependent);
        Assert.Equal((1 + 0.25) / 2, independence.MeanSquaredCosine, 12);
        Assert.Equal(2.0 / 12, independence.RandomMeanSquaredCosine);
    }

    /// <summary>The expectation that stands beside every measured overlap is that of random subspaces.</summary>
    [Fact]
    public void Random_subspaces_overlap_as_much_as_the_reference_says()
    {
        using var scope = NewDisposeScope();
        const int Draws = 400;
        var measured = Enumerable.Range(0, Draws).Select(draw =>
        {
            var random = new RandomSource((ulong)draw, 4);
            return SubspaceIndependence.Between(Numerics.Subspaces.Random(30, 3, random).Basis(), Numerics.Subspaces.Random(30, 5, random).Basis());
        }).ToList();
        var values = measured.Select(one => one.MeanSquaredCosine).ToArray();
        var error = Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (Draws - 1) / Draws);
        // Five standard errors: a false alarm in two million draws of this test.
        Assert.True(Math.Abs(values.Average() - measured[0].RandomMeanSquaredCosine) <= 5 * error);
    }

    private static void Check(ColourShares shares, double first, double second, double both, double neither)
    {
        Assert.Equal(first, shares.First, 12);
        Assert.Equal(second, shares.Second, 12);
        Assert.Equal(both, shares.Both, 12);
        Assert.Equal(neither, shares.Neither, 12);
    }

    private static (DenseSubspace A, DenseSubspace B, Tensor Vectors) Pair(SubspaceSpec spec)
    {
        var vectors = tensor(new RandomSource((ulong)spec.Seed, 8).Gaussians(3L * spec.Ambient), [3, spec.Ambient]);
        return (Spaces.Dense(spec, spec.First), Spaces.Dense(spec with { Seed = spec.Seed + 1 }, spec.Second), vectors / vectors.norm(1, true));
    }

    private static Tensor Rows(int length, params (int Index, double Value)[] entries)
    {
        var row = new double[length];
        foreach (var (index, value) in entries)
            row[index] = value;
        return tensor(row, [1, length]);
    }
}
