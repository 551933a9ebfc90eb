using Harness.Grading;

namespace Harness.Reporting.Tests;

/// <summary>What a method does over seeds, in reports.</summary>
public class SeedRowTests
{
    /// <summary>Two disguises in one row: ranges, the widest interval, the worst verdict. Kills a mean over disguises, and a table that hides the worst one.</summary>
    [Fact]
    public void Disguises_share_a_row()
    {
        var row = Assert.Single(SeedRow.Of(Record(Line("none", 0.97, 1, 0.72, 1, Verdict.Pass), Line("permute:0", 0.91, 0.9, 0.6, 0.98, Verdict.Undecided))));
        Assert.Equal(["weak", "superposition-5-2", "0.91–0.97 (0.31)", "–", "recovery.directions: 0.90–1.00 (0.60–1.00) undecided"], row.Cells);
    }

    [Fact]
    public void Both_reports_show_it_and_count_its_verdicts()
    {
        var record = Record(Line("none", 0.97, 1, 0.72, 1, Verdict.Undecided));
        var text = MarkdownReport.Of(record);
        Assert.Contains("| weak | superposition-5-2 | 0.97 (0.31) | – | recovery.directions: 1.00 (0.72–1.00) undecided |", text, StringComparison.Ordinal);
        Assert.Contains("1 undecided", text, StringComparison.Ordinal);
        var terminal = PlainConsole.Render(160, console => LeaderboardTables.Write(console, record));
        Assert.Contains("Over seeds", terminal, StringComparison.Ordinal);
        Assert.Contains("0.97 (0.31)", terminal, StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_has_no_table() => Assert.DoesNotContain("Over seeds", MarkdownReport.Of(TinyRecord.Complete), StringComparison.Ordinal);

    private static RunRecord Record(params CaseLine[] lines) => TinyRecord.Complete with { Cases = lines };

    private static CaseLine Line(string disguise, double alike, double share, double lower, double upper, Verdict verdict) => new(
        new CaseKey("superposition-5-2", 0, disguise, "builtin:weak", "11111111", 0), CaseLine.Stability, MethodRole.Method, new string('a', 64),
        [
            new CheckValue("stability.directions") { Value = alike, Null = 0.31 }, new CheckValue("stability.components") { Reason = "no answer has components" },
            new CheckValue("stability.recovery.directions") { Level = CheckLevel.Stochastic, Value = share, Bar = 0.5, Verdict = verdict },
            new CheckValue("stability.recovery.directions.lower") { Value = lower }, new CheckValue("stability.recovery.directions.upper") { Value = upper },
        ],
        new CaseCost(null, null, null, null), "./harness grade");
}
