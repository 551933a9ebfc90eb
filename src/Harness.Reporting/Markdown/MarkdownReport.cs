using System.Text;
using Harness.Grading;

namespace Harness.Reporting;

/// <summary>The leaderboard as Markdown. A pure function of the record.</summary>
public static class MarkdownReport
{
    /// <summary>The report, with line feeds, ending in one.</summary>
    public static string Of(RunRecord record)
    {
        var board = Leaderboard.Of(record);
        var text = new StringBuilder();
        if (!board.IsComplete)
            Line(text, $"**{Legend.Partial(board)}**\n");
        if (board.Columns.All(column => column.Rows.Count == 0))
            Line(text, $"**{Legend.NothingScored}**\n");
        foreach (var error in board.Errors)
            Line(text, $"- **ERROR** {Escaped(error)}");
        if (board.Errors.Count > 0)
            Line(text, "");
        foreach (var column in board.Columns.Where(column => column.Rows.Count > 0))
            Write(text, board, column);
        Write(text, "Cost", CostRow.Meaning, CostRow.Headings, [.. CostRow.Of(record).Select(row => (IReadOnlyList<string>)[row.Method, .. row.Cells])]);
        Write(text, "Over seeds", SeedRow.Meaning, SeedRow.Headings, [.. SeedRow.Of(record).Select(row => row.Cells)]);
        Write(text, "Equivalent questions", EquivarianceRow.Meaning, EquivarianceRow.Headings, [.. EquivarianceRow.Of(record).Select(row => (IReadOnlyList<string>)[row.Method, row.Model, .. row.Cells])]);
        foreach (var sentence in (IEnumerable<string>)[board.Counts, Legend.Scope(board), .. Legend.Explanations, .. board.Skips])
            Line(text, $"- {Escaped(sentence)}");
        if (!board.IsComplete)
            Line(text, $"\n**{Legend.Partial(board)}**");
        return text.ToString();
    }

    private static void Write(StringBuilder text, Leaderboard board, LeaderboardColumn column)
    {
        Line(text, $"### {column.Title}\n\n{Escaped(column.Meaning)}\n");
        Line(text, $"| | {string.Join(" | ", board.Models.Select(Escaped))} |");
        Line(text, $"|---|{string.Concat(board.Models.Select(_ => ":---:|"))}");
        foreach (var group in column.Rows.GroupBy(row => row.Role))
        {
            Line(text, $"| *{Legend.Group(group.Key)}* |{string.Concat(board.Models.Select(_ => " |"))}");
            foreach (var row in group)
                Line(text, $"| {Name(row)} | {string.Join(" | ", row.Cells.Select(cell => Escaped($"{cell.Text} {cell.Mark}".TrimEnd())))} |");
        }
        Line(text, "");
        var judged = column.Rows.Where(row => row.Role == MethodRole.Method).ToList();
        if (judged.Count == 0)
            return;
        Line(text, "| method | model | score | null | best null | bar | verdict |\n|---|---|---:|---:|---|---:|---|");
        foreach (var row in judged)
            foreach (var (cell, model) in row.Cells.Zip(board.Models).Where(pair => pair.First != LeaderboardCell.Empty))
                Line(
                    text,
                    $"| {Escaped(row.Name)} | {Escaped(model)} | {cell.Text} | {cell.Null?.ToString() ?? "–"} | {Escaped(cell.NullName)} | {cell.Bar?.ToString() ?? "–"} | {Verdict(cell)} |");
        Line(text, "");
    }

    private static void Write(StringBuilder text, string title, string meaning, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0)
            return;
        Line(text, $"### {title}\n\n{Escaped(meaning)}\n");
        Line(text, $"| {string.Join(" | ", headings)} |\n|{string.Concat(headings.Select(_ => "---|"))}");
        foreach (var row in rows)
            Line(text, $"| {string.Join(" | ", row.Select(Escaped))} |");
        Line(text, "");
    }

    private static string Name(LeaderboardRow row) => row.Role == MethodRole.Method ? $"**{Escaped(row.Name)}**" : Escaped(row.Name);

    private static string Verdict(LeaderboardCell cell) => cell.Reason is null ? cell.Word : $"{cell.Word}: {Escaped(cell.Reason)}";

    internal static string Escaped(string text) =>
        text.Replace("\\", "\\\\").Replace("|", "\\|").Replace("*", "\\*").Replace("[", "\\[").Replace("`", "\\`").Replace("<", "&lt;").Replace('\n', ' ').Replace("\r", "");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
