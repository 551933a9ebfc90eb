namespace Harness.Grading.Tests;

public class BarTests
{
    [Fact]
    public void The_bar_is_half_way_from_the_best_null_to_the_oracle()
    {
        var bar = Bar.Between(1, [("random", 0.1), ("per-tensor", 0.25), ("theta-star", 0)]);
        Assert.Equal((0.25, "per-tensor", 0.625), (bar.Null, bar.NullName, bar.Value));
        Assert.Equal(Verdict.Pass, bar.Judge(0.625));
        Assert.Equal(Verdict.Fail, bar.Judge(0.6249));
    }

    /// <summary>Kills a bar from the families' average or from the first null: some null would clear it.</summary>
    [Fact]
    public void No_null_clears_the_bar()
    {
        (string, double)[] nulls = [("a", 0.02), ("b", 0.9), ("c", 0.5)];
        var bar = Bar.Between(1, nulls);
        Assert.All(nulls, one => Assert.Equal(Verdict.Fail, bar.Judge(one.Item2)));
    }

    [Fact]
    public void A_null_as_good_as_the_truth_leaves_no_bar()
    {
        var bar = Bar.Between(1, [("random", 0.1), ("connected-components", 1)]);
        Assert.Null(bar.Value);
        Assert.Equal("the null 'connected-components' reaches 1.000; the truth itself has 1.000", bar.Refused);
        Assert.Equal(Verdict.Skipped, bar.Judge(1));
    }

    [Fact]
    public void A_score_that_is_not_a_number_never_passes() => Assert.Equal(Verdict.Fail, Bar.Between(1, [("random", 0)]).Judge(double.NaN));

    [Fact]
    public void A_bar_without_nulls_is_refused() => Assert.Throws<ArgumentException>(() => Bar.Between(1, []));
}
