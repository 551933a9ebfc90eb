using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Harness.Numerics;

namespace Harness.Grading.Tests;

/// <summary>A share of seeds, with the interval in which the true one lies.</summary>
public class WilsonIntervalTests
{
    /// <summary>R. G. Newcombe 1998, table I, method 3: four digits as printed.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Published_values(int successes, int trials, double lower, double upper)
    {
        var interval = WilsonInterval.Of(successes, trials);
        Assert.Equal((lower, upper), (Math.Round(interval.Lower, 4), Math.Round(interval.Upper, 4)));
    }

    /// <summary>Its definition, which the code does not use: at either end the observed share is z standard deviations away, of that end's own deviation.</summary>
    [Property(MaxTest = 100, Arbitrary = [typeof(Trials)])]
    public void Both_ends_are_z_deviations_away(Trials trials) => Assert.True(IsScoreInterval(WilsonInterval.Of, trials));

    /// <summary>The same property lets none of the usual other intervals pass.</summary>
    [Fact]
    public void Other_intervals_are_told_apart()
    {
        Assert.All(
            new Func<int, int, WilsonInterval>[] { Wald, AgrestiCoull, WithOneSidedQuantile, WithoutCorrectionOfTheMiddle },
            faulty => Assert.False(Enumerable.Range(0, 11).All(k => IsScoreInterval(faulty, new Trials(k, 10))), faulty.Method.Name));
    }

    /// <summary>Three passes of three are too few to say so, four are enough; kills a verdict by the observed share alone.</summary>
    [Theory]
    [InlineData(1, 1, Verdict.Undecided)]
    [InlineData(3, 3, Verdict.Undecided)]
    [InlineData(4, 4, Verdict.Pass)]
    [InlineData(15, 20, Verdict.Pass)]
    [InlineData(14, 20, Verdict.Undecided)]
    [InlineData(10, 20, Verdict.Undecided)]
    [InlineData(5, 20, Verdict.Fail)]
    [InlineData(0, 3, Verdict.Undecided)]
    [InlineData(0, 4, Verdict.Fail)]
    public void The_whole_interval_decides(int successes, int trials, Verdict expected) =>
        Assert.Equal(expected, WilsonInterval.Of(successes, trials).Judge(0.5));

    /// <summary>Bounds at the bar itself: at or above passes, below fails. Kills &gt; for ≥ and ≤ for &lt;.</summary>
    [Fact]
    public void A_bound_at_the_bar()
    {
        Assert.Equal(Verdict.Pass, new WilsonInterval(0.5, 0.9).Judge(0.5));
        Assert.Equal(Verdict.Undecided, new WilsonInterval(0.1, 0.5).Judge(0.5));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    public void What_is_no_count_is_refused(int successes, int trials) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(successes, trials));

    private static bool IsScoreInterval(Func<int, int, WilsonInterval> of, Trials trials)
    {
        var (interval, share) = (of(trials.Successes, trials.Count), (double)trials.Successes / trials.Count);
        double Excess(double end) => (share - end) * (share - end) - WilsonInterval.Quantile * WilsonInterval.Quantile * end * (1 - end) / trials.Count;
        return interval.Lower >= 0 && interval.Upper <= 1 && interval.Lower < interval.Upper
            && Math.Abs(Excess(interval.Lower)) <= Tolerances.SameEntries && Math.Abs(Excess(interval.Upper)) <= Tolerances.SameEntries;
    }

    private static WilsonInterval Wald(int k, int n) => Around((double)k / n, Math.Sqrt((double)k / n * (1 - (double)k / n) / n));

    private static WilsonInterval AgrestiCoull(int k, int n)
    {
        var share = (k + 2) / (n + 4.0);
        return Around(share, Math.Sqrt(share * (1 - share) / (n + 4.0)));
    }

    private static WilsonInterval WithOneSidedQuantile(int k, int n)
    {
        const double quantile = 1.6448536269514722;
        var (share, unit) = ((double)k / n, quantile * quantile / n);
        var half = Math.Sqrt(unit * (share * (1 - share) + unit / 4)) / (1 + unit);
        return new WilsonInterval((share + unit / 2) / (1 + unit) - half, (share + unit / 2) / (1 + unit) + half);
    }

    private static WilsonInterval WithoutCorrectionOfTheMiddle(int k, int n)
    {
        var (share, exact) = ((double)k / n, WilsonInterval.Of(k, n));
        return new WilsonInterval(share - (exact.Upper - exact.Lower) / 2, share + (exact.Upper - exact.Lower) / 2);
    }

    private static WilsonInterval Around(double share, double deviation) =>
        new(share - WilsonInterval.Quantile * deviation, share + WilsonInterval.Quantile * deviation);

    /// <summary>Successes out of a count.</summary>
    public sealed record Trials(int Successes, int Count)
    {
        public static Arbitrary<Trials> All() => Arb.From(
            from count in Gen.Choose(1, 1000)
            from successes in Gen.Choose(0, count)
            select new Trials(successes, count));
    }
}
