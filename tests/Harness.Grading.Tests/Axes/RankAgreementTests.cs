using FsCheck;
using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;

namespace Harness.Grading.Tests;

public class RankAgreementTests
{
    [Theory]
    [InlineData(new[] { 3.0, 2, 1, 0 }, new[] { true, true, false, false }, 1, 1)]
    [InlineData(new[] { 0.0, 1, 2, 3 }, new[] { true, true, false, false }, 0, (1 / 3.0 + 1 / 2.0) / 2)]
    [InlineData(new[] { 1.0, 1, 1, 1 }, new[] { true, false, false, false }, 0.5, 0.25)]
    [InlineData(new[] { 3.0, 2, 1, 0 }, new[] { true, false, true, false }, 0.75, (1 + 2 / 3.0) / 2)]
    public void Known_orders_have_known_values(double[] strengths, bool[] active, double area, double precision)
    {
        Assert.Equal(area, RankAgreement.AreaUnderCurve(strengths, active)!.Value, Tolerances.SameEntries);
        Assert.Equal(precision, RankAgreement.AveragePrecision(strengths, active)!.Value, Tolerances.SameEntries);
    }

    [Fact]
    public void What_is_always_or_never_active_has_no_order_to_agree_with()
    {
        Assert.Null(RankAgreement.AreaUnderCurve([1, 2], [true, true]));
        Assert.Null(RankAgreement.AreaUnderCurve([1, 2], [false, false]));
        Assert.Null(RankAgreement.AveragePrecision([1, 2], [false, false]));
        Assert.Equal(1, RankAgreement.AveragePrecision([1, 2], [true, true]));
    }

    /// <summary>Against the definition, pair by pair. Kills: ties counted whole or not at all, descending ranks, a positive compared with itself.</summary>
    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void The_area_is_the_share_of_pairs_in_order(PositiveInt size, int seed)
    {
        var random = new RandomSource((ulong)seed);
        var count = size.Get % 12 + 2;
        double[] strengths = [.. Enumerable.Range(0, count).Select(_ => (double)random.NextInt32(4))];
        bool[] active = [true, false, .. Enumerable.Range(2, count - 2).Select(_ => random.NextInt32(2) == 0)];
        var pairs = (from a in Enumerable.Range(0, count) where active[a] from b in Enumerable.Range(0, count) where !active[b] select (a, b)).ToList();
        var expected = pairs.Average(pair => strengths[pair.a] > strengths[pair.b] ? 1 : strengths[pair.a] == strengths[pair.b] ? 0.5 : 0);
        Assert.Equal(expected, RankAgreement.AreaUnderCurve(strengths, active)!.Value, Tolerances.SameEntries);
        double[] reversed = [.. strengths.Select(strength => -strength)];
        Assert.Equal(1 - expected, RankAgreement.AreaUnderCurve(reversed, active)!.Value, Tolerances.SameEntries);
        var monotone = strengths.Select(Math.Exp).ToArray();
        Assert.Equal(RankAgreement.AveragePrecision(strengths, active), RankAgreement.AveragePrecision(monotone, active));
    }

    [Fact]
    public void Strengths_that_are_no_numbers_or_too_few_are_refused()
    {
        Assert.Equal("Strengths must be finite, but one is NaN. (Parameter 'strengths')",
            Assert.Throws<ArgumentException>(() => RankAgreement.AreaUnderCurve([double.NaN], [true])).Message);
        Assert.Equal("Expected one strength for each of 2 samples, got 1. (Parameter 'strengths')",
            Assert.Throws<ArgumentException>(() => RankAgreement.AveragePrecision([1], [true, false])).Message);
    }
}
