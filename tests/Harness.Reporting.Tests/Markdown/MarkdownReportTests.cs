using VerifyXunit;

namespace Harness.Reporting.Tests;

public class MarkdownReportTests
{
    /// <summary>Kills a selector that breaks the table: it holds a bar, brackets and a less-than sign.</summary>
    [Fact]
    public Task Of_a_complete_record() => Verifier.Verify(MarkdownReport.Of(TinyRecord.Complete), "md");

    [Fact]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head()
    {
        var cells = MarkdownReport.Of(TinyRecord.Complete).Split('\n')
            .Select(line => line.StartsWith('|') ? line.Replace("\\|", "").Count(c => c == '|') : 0).ToList();
        for (var k = 1; k < cells.Count; k++)
            Assert.True(cells[k] == 0 || cells[k - 1] == 0 || cells[k] == cells[k - 1], $"line {k + 1}: {cells[k]} after {cells[k - 1]}");
    }

    [Fact]
    public void A_partial_record_says_so_first() => Assert.StartsWith("**PARTIAL RECORD", MarkdownReport.Of(TinyRecord.Unfinished));
}
