namespace Harness.Grading.Tests;

/// <summary>Merge = the worst of errored, fail, undecided, pass. Kills an order by the enumeration's values, and skips that hide a failure.</summary>
public class MergeTests
{
    [Theory]
    [InlineData(Verdict.Errored, Verdict.Fail, Verdict.Errored, Verdict.Pass)]
    [InlineData(Verdict.Fail, Verdict.Pass, Verdict.Fail, Verdict.Undecided)]
    [InlineData(Verdict.Undecided, Verdict.Pass, Verdict.Undecided, Verdict.Skipped)]
    [InlineData(Verdict.Pass, Verdict.Skipped, Verdict.Pass, Verdict.Skipped)]
    [InlineData(Verdict.Skipped, Verdict.Skipped, Verdict.Skipped, Verdict.Skipped)]
    public void The_worst_counts(Verdict expected, params Verdict[] verdicts) => Assert.Equal(expected, Grading.Verdicts.Merge(verdicts));

    [Fact]
    public void Nothing_merges_to_nothing() => Assert.Null(Grading.Verdicts.Merge([]));

    [Theory]
    [InlineData(MethodRole.Method, CheckLevel.Should, Verdict.Fail, true, 1)]
    [InlineData(MethodRole.Method, CheckLevel.Should, Verdict.Fail, false, 0)]
    [InlineData(MethodRole.Method, CheckLevel.Must, Verdict.Fail, false, 1)]
    [InlineData(MethodRole.Method, CheckLevel.Must, Verdict.Errored, false, 1)]
    [InlineData(MethodRole.Method, CheckLevel.Stochastic, Verdict.Undecided, true, 2)]
    [InlineData(MethodRole.Method, CheckLevel.Should, Verdict.Skipped, true, 0)]
    [InlineData(MethodRole.Method, CheckLevel.Stochastic, Verdict.Undecided, false, 0)]
    [InlineData(MethodRole.Method, CheckLevel.Stochastic, Verdict.Fail, true, 1)]
    [InlineData(MethodRole.Method, CheckLevel.Stochastic, Verdict.Fail, false, 0)]
    [InlineData(MethodRole.Method, CheckLevel.Stochastic, Verdict.Errored, false, 1)]
    [InlineData(MethodRole.Method, CheckLevel.Should, Verdict.Pass, true, 0)]
    [InlineData(MethodRole.Control, CheckLevel.Must, Verdict.Errored, true, 0)]
    [InlineData(MethodRole.Baseline, CheckLevel.Should, Verdict.Fail, true, 0)]
    [InlineData(MethodRole.Oracle, CheckLevel.Should, Verdict.Fail, true, 0)]
    [InlineData(MethodRole.Null, CheckLevel.Must, Verdict.Fail, true, 0)]
    public void Exit_codes(MethodRole role, CheckLevel level, Verdict verdict, bool named, int expected)
    {
        var line = Samples.Case("m", "x", role, new CheckValue("c") { Level = level, Verdict = verdict });
        Assert.Equal(expected, RunOutcome.ExitCode([line], named));
    }
}
