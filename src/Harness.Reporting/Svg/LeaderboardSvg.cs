using System.Globalization;
using System.Security;
using System.Text;
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
    private const int Margin = 20;
    private const int Heading = 78;

    private static readonly string s_style = $$"""
        .card{fill:#ffffff}.text{fill:#1f2328}.faint{fill:#59636e}.none{fill:#f6f8fa}
        {{ScoreColour.Style(dark: false)}}
        @media (prefers-color-scheme:dark){.card{fill:#0d1117}.text{fill:#f0f6fc}.faint{fill:#9198a1}.none{fill:#151b23}
        {{ScoreColour.Style(dark: true)}}}
        text{font-family:ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif;font-size:12px}
        .title{font-size:15px;font-weight:600}.method{font-weight:600}.small{font-size:11px}.number{font-variant-numeric:tabular-nums}
        """;

    /// <summary>The picture as an SVG document.</summary>
    public static string Of(RunRecord record)
    {
        var board = Leaderboard.Of(record);
        var columns = board.Columns.Where(column => column.Rows.Count > 0).ToList();
        var rows = columns.SelectMany(column => column.Rows.Select(row => (row.Name, row.Role))).Distinct()
            .GroupBy(row => row.Role).OrderBy(group => Leaderboard.Place(group.Key)).ToList();
        var names = Margin + TextWidth(rows.SelectMany(group => group).Select(row => Math.Min(row.Name.Length, LongestName)).DefaultIfEmpty(0).Max()) + 12;
        var panel = Math.Max(board.Models.Count * CellWidth, LeastPanelWidth) + Gap;
        var width = names + columns.Count * panel - Gap + Margin;
        var body = new StringBuilder();
        var y = Margin + Heading;
        foreach (var group in rows)
        {
            Text(body, Margin, y + 17, Legend.Group(group.Key), "faint small");
            y += CellHeight - 4;
            foreach (var (name, role) in group)
            {
                Text(body, Margin, y + 17, Shortened(name), role == MethodRole.Method ? "text method" : "text");
                for (var c = 0; c < columns.Count; c++)
                    Row(body, names + c * panel, y, columns[c].Rows.FirstOrDefault(row => row.Name == name && row.Role == role)?.Cells, board.Models.Count);
                y += CellHeight;
            }
            y += 6;
        }
        for (var c = 0; c < columns.Count; c++)
            Head(body, names + c * panel, columns[c], board.Models);
        var height = Foot(body, y + 14, width, board);
        return Document(width, height, body);
    }

    /// <summary>Width of so many characters of the table's font, on the generous side: it is known only where the picture is shown.</summary>
    private static int TextWidth(int characters) => (int)Math.Ceiling(characters * 7.2);

    private static string Shortened(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private static void Head(StringBuilder body, int x, LeaderboardColumn column, IReadOnlyList<string> models)
    {
        Text(body, x, Margin + 16, column.Title, "text title");
        for (var k = 0; k < models.Count; k++)
        {
            var lines = Headings.Lines(models[k], 14);
            for (var line = 0; line < lines.Count; line++)
                Text(body, x + k * CellWidth + CellWidth / 2 - 2, Margin + Heading - 8 - (lines.Count - 1 - line) * 14, lines[line], "faint small", "middle");
        }
    }

    private static void Row(StringBuilder body, int x, int y, IReadOnlyList<LeaderboardCell>? cells, int count)
    {
        for (var k = 0; k < count; k++)
        {
            var cell = cells?[k] ?? LeaderboardCell.Empty;
            var (left, centre) = (x + k * CellWidth, x + k * CellWidth + CellWidth / 2 - 2);
            var step = cell.Score is { } score && double.IsFinite(score.Middle) ? ScoreColour.Class(score.Middle) : (int?)null;
            var fill = step is null ? "none" : $"f{step}";
            body.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{left}\" y=\"{y}\" width=\"{CellWidth - 4}\" height=\"{CellHeight - 4}\" rx=\"4\" class=\"{fill}\"/>\n");
            Text(body, centre, y + 15, $"{cell.Text} {cell.Mark}".TrimEnd(), step is null ? "faint" : $"number i{step}", "middle");
        }
    }

    private static int Foot(StringBuilder body, int y, int width, Leaderboard board)
    {
        string[] sentences =
        [
            .. board.IsComplete ? Array.Empty<string>() : [Legend.Partial(board)],
            "1 is the truth, 0 no better than chance.",
            "✓ at least half-way from the best uninformed answer to the truth, ✗ less, · no bar (a null does as well).",
            Legend.Scope(board),
        ];
        var line = "";
        foreach (var word in sentences.SelectMany(sentence => sentence.Split(' ')))
        {
            if (TextWidth(line.Length + word.Length + 1) > width - 2 * Margin)
            {
                Text(body, Margin, y, line, "faint small");
                (y, line) = (y + 16, "");
            }
            line += line == "" ? word : " " + word;
        }
        Text(body, Margin, y, line, "faint small");
        return y + 16 + Margin - 10;
    }

    private static string Document(int width, int height, StringBuilder body) => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"
          aria-label="Leaderboard: recovery by method and model">
        <style>{s_style}</style>
        <rect class="card" width="{width}" height="{height}" rx="8"/>
        {body}</svg>

        """);

    private static void Text(StringBuilder body, int x, int y, string text, string style, string anchor = "start") =>
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" class=\"{style}\" text-anchor=\"{anchor}\">{Escaped(text)}</text>\n");

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
