using FsCheck;
using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

public class EffectiveRankTests
{
    /// <summary>Kills: entropy of σ instead of σ², a logarithm to base 2, rows and columns confused, a sum that is not normalised.</summary>
    [Property(MaxTest = 60, QuietOnSuccess = true)]
    public void Equal_singular_values_count_and_small_ones_hardly_do(PositiveInt size, int seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomSource((ulong)seed);
        var rank = size.Get % 5 + 1;
        var (left, right) = (Subspaces.Random(rank + 2, rank, random).Basis(), Subspaces.Random(rank + 4, rank, random).Basis());
        Assert.Equal(rank, EffectiveRank.Of(left.t().matmul(right) * 7.5), rank * Tolerances.SameOutputs);
        var scales = tensor(Enumerable.Range(0, rank).Select(k => k == 0 ? 1.0 : 0.1).ToArray());
        var shares = Enumerable.Range(0, rank).Select(k => (k == 0 ? 1.0 : 0.01) / (1 + 0.01 * (rank - 1))).ToArray();
        Assert.Equal(
            Math.Exp(-shares.Sum(q => q * Math.Log(q))), EffectiveRank.Of((left * scales.unsqueeze(1)).t().matmul(right)), rank * Tolerances.SameOutputs);
    }

    [Fact]
    public void Nothing_has_no_rank_and_a_bias_has_one()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, EffectiveRank.Of(zeros(3, 4, float64)));
        Assert.Equal(1, EffectiveRank.Of(ones(5, float64)), Tolerances.SameOutputs);
        var layout = new ParameterLayout([("w", [2, 2]), ("b", [2]), ("unused", [2])]);
        Assert.Equal(1.5, EffectiveRank.OfComponent(layout, tensor(new double[] { 1, 0, 0, 1, 3, 4, 0, 0 })), Tolerances.SameOutputs);
        Assert.Equal(0, EffectiveRank.OfComponent(layout, zeros(8, float64)));
    }
}
