using Harness.Grading;

namespace Harness.Reporting.Tests;

/// <summary>Answers to equivalent questions, in reports.</summary>
public class EquivarianceRowTests
{
    /// <summary>Kills: a number that was skipped or errored and looks like one that was measured, and a rule that slips under another's heading.</summary>
    [Fact]
    public void Every_rule_has_its_column()
    {
        var row = Assert.Single(EquivarianceRow.Of(Record()));
        Assert.Equal(["method", "model", "repeat", "permute", "rotate", "order", "duplicates", "loss-scale", "names", "(rescale)", "(float32)"], EquivarianceRow.Headings);
        Assert.Equal(("weak", "direct-sum"), (row.Method, row.Model));
        Assert.Equal(["✓", "0.68 ✗", "–", "∞ ✗", "!", "", "", "0.72", "3e-8"], row.Cells);
    }

    [Fact]
    public void Both_reports_show_it()
    {
        Assert.Contains("| weak | direct-sum | ✓ | 0.68 ✗ | – | ∞ ✗ | ! |", MarkdownReport.Of(Record()), StringComparison.Ordinal);
        Assert.Contains("0.68 ✗", PlainConsole.Render(160, console => LeaderboardTables.Write(console, Record())), StringComparison.Ordinal);
        Assert.DoesNotContain("Equivalent questions", MarkdownReport.Of(TinyRecord.Complete), StringComparison.Ordinal);
    }

    /// <summary>Kills: an error in a question that no table of scores has a place for, and nobody sees.</summary>
    [Fact]
    public void Errors_are_listed_with_the_others() => Assert.StartsWith("weak on direct-sum (none, seed 0): no", Assert.Single(Leaderboard.Of(Record()).Errors), StringComparison.Ordinal);

    private static RunRecord Record() => TinyRecord.Complete with
    {
        Cases =
        [
            new CaseLine(
                new CaseKey("direct-sum", 0, "none", "builtin:weak", "22222222", 0), CaseLine.Equivariance, MethodRole.Method, new string('a', 64),
                [
                    Value("repeat", 0, Verdict.Pass), Value("permute", 0.68, Verdict.Fail), Value("rotate", null, Verdict.Skipped),
                    Value("order", double.PositiveInfinity, Verdict.Fail), Value("duplicates", null, Verdict.Errored), Value("rescale", 0.72, null), Value("float32", 3e-8, null),
                ],
                new CaseCost(null, null, null, null), "./harness grade"),
        ],
    };

    private static CheckValue Value(string rule, double? value, Verdict? verdict) => new($"equivariance.{rule}") { Value = value, Verdict = verdict };
}
