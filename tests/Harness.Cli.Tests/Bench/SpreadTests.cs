namespace Harness.Cli.Tests;

public class SpreadTests
{
    /// <summary>Rejects the mean, and quartiles of an unsorted list.</summary>
    [Fact]
    public void One_slow_round_does_not_move_it() => Assert.Equal(new Spread(3, 2, 4, 5), Spread.Of([4, 1000, 2, 1, 3]));

    [Fact]
    public void Between_two_measurements_it_is_interpolated() => Assert.Equal(new Spread(1.5, 1.25, 1.75, 2), Spread.Of([2, 1]));

    [Fact]
    public void Nothing_has_no_spread() => Assert.Throws<ArgumentException>(() => Spread.Of([]));
}
