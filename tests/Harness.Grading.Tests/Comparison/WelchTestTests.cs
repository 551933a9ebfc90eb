using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;

namespace Harness.Grading.Tests;

public class WelchTestTests
{
    /// <summary>Closed forms: Cauchy's distribution for ν = 1; ½ − t/(2√(2 + t²)) for ν = 2. Rejects a distribution function that is off anywhere.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-0.7)]
    [InlineData(2.5)]
    [InlineData(-40)]
    [InlineData(1e6)]
    public void Tails_of_one_and_two_degrees_of_freedom(double t)
    {
        Assert.Equal(0.5 - Math.Atan(t) / Math.PI, StudentT.UpperTail(t, 1), Tolerances.SameOutputs);
        Assert.Equal(0.5 - t / (2 * Math.Sqrt(2 + t * t)), StudentT.UpperTail(t, 2), Tolerances.SameOutputs);
    }

    /// <summary>ν = 3: ½ − (x/(1 + x²) + atan x)/π with x = t/√3; and the normal distribution's 97.5 % point as ν grows.</summary>
    [Fact]
    public void Tails_of_more_degrees_of_freedom()
    {
        foreach (var t in new[] { 0.1, 1.0, 4.0 })
        {
            var x = t / Math.Sqrt(3);
            Assert.Equal(0.5 - (x / (1 + x * x) + Math.Atan(x)) / Math.PI, StudentT.UpperTail(t, 3), Tolerances.SameOutputs);
        }
        Assert.Equal(0.025, StudentT.UpperTail(WilsonInterval.Quantile, 1e9), Tolerances.EqualShares * 100);
        Assert.Equal(Math.Log(120), StudentT.LogGamma(6), Tolerances.SameOutputs);
    }

    /// <summary>
    /// Two samples in either order share out all of the probability; shifts and scales do not matter. Mutants that die: two-sided, or without the scale.
    /// </summary>
    [Property(MaxTest = 60)]
    public void Either_order_and_any_unit(ulong seed)
    {
        var (first, second) = (Draw(seed, 5, 0.3, 1), Draw(seed + 1, 3, 0, 2));
        Assert.True(Holds(WelchTest.Lower));
        Assert.False(Holds((a, b) => 2 * Math.Min(WelchTest.Lower(a, b), WelchTest.Lower(b, a))));
        Assert.False(Holds((a, b) => 0.5 - 0.01 * (a.Average() - b.Average())));

        bool Holds(Func<IReadOnlyList<double>, IReadOnlyList<double>, double> test)
        {
            var p = test(first, second);
            return Math.Abs(p + test(second, first) - 1) <= Tolerances.RecoveryIdentity
                && Math.Abs(p - test([.. first.Select(x => 7 * x + 3)], [.. second.Select(x => 7 * x + 3)])) <= Tolerances.RecoveryIdentity;
        }
    }

    /// <summary>
    /// Where nothing differs but the spread, p is below 5 % in 5 % of the cases (± 4 standard deviations of 2,000 draws). The mutant that pools the variances calls
    /// far too often, since the smaller sample spreads more.
    /// </summary>
    [Fact]
    public void Chance_is_what_it_says()
    {
        const int trials = 2000;
        double Called(Func<IReadOnlyList<double>, IReadOnlyList<double>, double> test) => Enumerable.Range(0, trials).Average(k =>
            test(Draw((ulong)k, 12, 0, 1), Draw((ulong)(k + trials), 4, 0, 4)) <= 0.05 ? 1.0 : 0);
        var allowed = 4 * Math.Sqrt(0.05 * 0.95 / trials);
        Assert.InRange(Called(WelchTest.Lower), 0.05 - allowed, 0.05 + allowed);
        Assert.True(Called(Pooled) > 0.05 + allowed);
    }

    [Fact]
    public void What_cannot_be_tested_is_refused()
    {
        Assert.Contains("neither", Assert.Throws<ArgumentException>(() => WelchTest.Lower([1, 1], [2, 2])).Message.Replace("a sample that varies", "neither"));
        Assert.Throws<ArgumentException>(() => WelchTest.Lower([1], [2, 3]));
        Assert.Throws<ArgumentException>(() => WelchTest.Lower([1, double.NaN], [2, 3]));
    }

    /// <summary>Holm's own example of four; Bonferroni's, and no correction at all, are mutants.</summary>
    [Fact]
    public void Holm_steps_down()
    {
        double[] values = [0.01, 0.04, 0.03, 0.005];
        double[] expected = [0.03, 0.06, 0.06, 0.02];
        Assert.All(HolmCorrection.Adjust(values).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, Tolerances.SameOutputs));
        Assert.NotEqual(expected, values.Select(p => 4 * p));
        Assert.Empty(HolmCorrection.Adjust([]));
        Assert.Equal([1, 1], HolmCorrection.Adjust([0.9, 0.8]));
    }

    /// <summary>Never less than the value itself, never more than Bonferroni's, in the same order.</summary>
    [Property(MaxTest = 60)]
    public void Holm_lies_between_none_and_bonferroni(ulong seed)
    {
        var random = new RandomSource(seed);
        var values = Enumerable.Range(0, 7).Select(_ => random.NextDouble()).ToArray();
        var adjusted = HolmCorrection.Adjust(values);
        Assert.All(values.Zip(adjusted), pair => Assert.InRange(pair.Second, pair.First, Math.Min(1, 7 * pair.First)));
        Assert.Equal(values.Order(), adjusted.Zip(values).OrderBy(pair => pair.First).ThenBy(pair => pair.Second).Select(pair => pair.Second));
    }

    private static double[] Draw(ulong seed, int count, double mean, double spread)
    {
        var random = new RandomSource(seed, 77);
        return [.. Enumerable.Range(0, count).Select(_ => mean + spread * random.NextGaussian())];
    }

    private static double Pooled(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double Squares(IReadOnlyList<double> sample) => sample.Sum(value => (value - sample.Average()) * (value - sample.Average()));
        var freedom = first.Count + second.Count - 2;
        var variance = (Squares(first) + Squares(second)) / freedom;
        return StudentT.UpperTail((first.Average() - second.Average()) / Math.Sqrt(variance * (1.0 / first.Count + 1.0 / second.Count)), freedom);
    }
}
