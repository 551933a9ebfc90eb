using Harness.Grading;

namespace Harness.Reporting;

/// <summary>
/// The leaderboard as a picture: methods by models, directions and components side by side. Self-contained, follows the reader's light or dark scheme, and
/// needs no colour to be read: every cell carries its number and its mark. A pure function of the record.
/// </summary>
public static class LeaderboardSvg
{
    private const int CellWidth = 92;
    private const int CellHeight = 26;
    private const int LeastPanelWidth = 190;
    private const int LongestName = 36;
    private const int Gap = 28;
    private const int Margin = SvgCanvas.Margin;
    private const int Heading = 78;

    private static readonly string s_style =
        SvgCanvas.Style(
            ScoreColour.Style(dark: false) + ".bad{fill:#cf222e}", ScoreColour.Style(dark: true) + ".bad{fill:#ff7b72}",
            both: ".method{font-weight:600}");

    /// <summary>The picture as an SVG document.</summary>
    public static string Of(RunRecord record)
    {
        var board = Leaderboard.Of(record);
        var columns = board.Columns.Where(column => column.Rows.Count > 0).ToList();
        var rows = columns.SelectMany(column => column.Rows.Select(row => (row.Name, row.Role))).Distinct()
            .GroupBy(row => row.Role).OrderBy(group => Leaderboard.Place(group.Key)).ToList();
        var names = Margin + SvgCanvas.TextWidth(rows.SelectMany(group => group).Select(row => Math.Min(row.Name.Length, LongestName)).DefaultIfEmpty(0).Max()) + 12;
        var panel = Math.Max(board.Models.Count * CellWidth, LeastPanelWidth) + Gap;
        var width = names + columns.Count * panel - Gap + Margin;
        var canvas = new SvgCanvas();
        var y = Margin + Heading;
        foreach (var group in rows)
        {
            canvas.Text(Margin, y + 17, Legend.Group(group.Key), "faint small");
            y += CellHeight - 4;
            foreach (var (name, role) in group)
            {
                canvas.Text(Margin, y + 17, SvgCanvas.Shortened(name, LongestName), role == MethodRole.Method ? "text method" : "text");
                for (var c = 0; c < columns.Count; c++)
                    Row(canvas, names + c * panel, y, columns[c].Rows.FirstOrDefault(row => row.Name == name && row.Role == role)?.Cells, board.Models.Count);
                y += CellHeight;
            }
            y += 6;
        }
        for (var c = 0; c < columns.Count; c++)
            Head(canvas, names + c * panel, columns[c], board.Models);
        if (!board.IsComplete)
            canvas.Text(Margin, Margin + 36, "PARTIAL RECORD", "bad title");
        var height = Foot(canvas, y + 14, width, board);
        return canvas.Document(width, height, "Leaderboard: recovery by method and model", s_style);
    }

    private static void Head(SvgCanvas canvas, int x, LeaderboardColumn column, IReadOnlyList<string> models)
    {
        canvas.Text(x, Margin + 16, column.Title, "text title");
        for (var k = 0; k < models.Count; k++)
        {
            var lines = Headings.Lines(models[k], 14);
            for (var line = 0; line < lines.Count; line++)
                canvas.Text(x + k * CellWidth + CellWidth / 2 - 2, Margin + Heading - 8 - (lines.Count - 1 - line) * 14, lines[line], "faint small", "middle");
        }
    }

    private static void Row(SvgCanvas canvas, int x, int y, IReadOnlyList<LeaderboardCell>? cells, int count)
    {
        for (var k = 0; k < count; k++)
        {
            var cell = cells?[k] ?? LeaderboardCell.Empty;
            var (left, centre) = (x + k * CellWidth, x + k * CellWidth + CellWidth / 2 - 2);
            var step = cell.Score is { } score && double.IsFinite(score.Middle) ? ScoreColour.Class(score.Middle) : (int?)null;
            var fill = step is null ? "none" : $"f{step}";
            canvas.Rectangle(left, y, CellWidth - 4, CellHeight - 4, fill, radius: 4);
            canvas.Text(centre, y + 15, $"{cell.Text} {cell.Mark}".TrimEnd(), step is null ? "faint" : $"number i{step}", "middle");
        }
    }

    private static int Foot(SvgCanvas canvas, int y, int width, Leaderboard board)
    {
        if (!board.IsComplete)
            y = Write(canvas, y, width, [Legend.Partial(board)], "bad");
        string[] sentences =
        [
            "1 is the truth, 0 no better than chance.",
            "✓ at least half-way from the best uninformed answer to the truth, ✗ less in some case, ! errored in some case, · no bar (a null does as well).",
            Legend.Scope(board),
            board.Counts,
        ];
        y = Write(canvas, y, width, sentences, "faint small");
        return y + Margin - 10;
    }

    private static int Write(SvgCanvas canvas, int y, int width, string[] sentences, string style)
    {
        foreach (var line in SvgCanvas.Wrapped(sentences, width - 2 * Margin))
        {
            canvas.Text(Margin, y, line, style);
            y += 16;
        }
        return y;
    }
}
