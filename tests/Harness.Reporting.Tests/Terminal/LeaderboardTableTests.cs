using Harness.Grading;
using VerifyXunit;

namespace Harness.Reporting.Tests;

/// <summary>The leaderboard in a terminal, approved as it stands at two widths.</summary>
public class LeaderboardTableTests
{
    [Fact]
    public Task At_80_columns() => Verifier.Verify(Render(TinyRecord.Complete, 80));

    [Fact]
    public Task At_120_columns() => Verifier.Verify(Render(TinyRecord.Complete, 120));

    /// <summary>Kills a report that presents what a killed run left as the result.</summary>
    [Fact]
    public Task Of_a_partial_record() => Verifier.Verify(Render(TinyRecord.Unfinished, 80));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int width) =>
        Assert.All(Render(TinyRecord.Complete, width).Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));

    [Fact]
    public void There_is_no_escape_sequence_without_colours() => Assert.DoesNotContain('\u001b', Render(TinyRecord.Complete, 100));

    private static string Render(RunRecord record, int width) => PlainConsole.Render(width, console => LeaderboardTables.Write(console, record));
}
