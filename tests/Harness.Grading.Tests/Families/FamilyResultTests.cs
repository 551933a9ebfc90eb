using Harness.Numerics;

namespace Harness.Grading.Tests;

public class FamilyResultTests
{
    private static readonly FamilyResult s_draws = new("random", RecoveryColumn.Directions, [0.1, 0.2, 0.3, 0.4]);

    [Fact]
    public void Mean_and_deviation_are_those_of_a_sample()
    {
        Assert.Equal(0.25, s_draws.Mean, Tolerances.SameEntries);
        Assert.Equal(Math.Sqrt(0.05 / 3), s_draws.StandardDeviation, Tolerances.SameEntries);
        Assert.Equal(0.25 / Math.Sqrt(0.05 / 3), s_draws.ZScore(0.5)!.Value, Tolerances.SameOutputs);
    }

    /// <summary>Kills a p-value of 0 and one that counts strictly greater draws only.</summary>
    [Theory]
    [InlineData(0.5, 0.2)]
    [InlineData(0.4, 0.4)]
    [InlineData(0.05, 1)]
    public void The_p_value_counts_the_observation_itself(double observed, double expected) => Assert.Equal(expected, s_draws.PValue(observed)!.Value, Tolerances.SameEntries);

    [Fact]
    public void A_single_value_has_no_distribution()
    {
        var one = new FamilyResult("whole-space", RecoveryColumn.Directions, [0.2]);
        Assert.Equal(0, one.StandardDeviation);
        Assert.Null(one.ZScore(0.5));
        Assert.Null(one.PValue(0.5));
        Assert.Equal(1, one.PValue(0.2));
    }
}
