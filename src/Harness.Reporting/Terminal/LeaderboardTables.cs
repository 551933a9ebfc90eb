using Harness.Grading;
using Spectre.Console;

namespace Harness.Reporting;

/// <summary>The leaderboard for a terminal. Works from 80 columns on; without colour where the console has none.</summary>
public static class LeaderboardTables
{
    private const int NameWidth = 18;
    private const int LeastModelWidth = 9;

    /// <summary>From here on there is room for the names of the nulls.</summary>
    private const int WidthWithNulls = 110;

    /// <summary>Writes the leaderboard of a record: a table for each column, the methods' nulls and bars, and a legend.</summary>
    public static void Write(IAnsiConsole console, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(console);
        var board = Leaderboard.Of(record);
        if (!board.IsComplete)
            console.MarkupLineInterpolated($"[bold red]{Legend.Partial(board)}[/]");
        foreach (var column in board.Columns.Where(column => column.Rows.Count > 0))
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{column.Title}[/]");
            console.MarkupLineInterpolated($"[dim]{column.Meaning}[/]");
            foreach (var models in Pages(console.Profile.Width, board.Models.Count))
                console.Write(Scores(board, column, models));
            if (column.Rows.Any(row => row.Role == MethodRole.Method))
                console.Write(Bars(console.Profile.Width, board, column));
        }
        Rows(console, "Cost", CostRow.Meaning, CostRow.Headings, [.. CostRow.Of(record).Select(row => (IReadOnlyList<string>)[row.Method, .. row.Cells])]);
        Rows(console, "Over seeds", SeedRow.Meaning, SeedRow.Headings, [.. SeedRow.Of(record).Select(row => row.Cells)]);
        Rows(console, "Equivalent questions", EquivarianceRow.Meaning, EquivarianceRow.Headings, [.. EquivarianceRow.Of(record).Select(row => (IReadOnlyList<string>)[row.Method, row.Model, .. row.Cells])]);
        console.WriteLine();
        if (board.Columns.All(column => column.Rows.Count == 0))
            console.MarkupLineInterpolated($"[bold red]{Legend.NothingScored}[/]");
        foreach (var error in board.Errors)
            console.MarkupLineInterpolated($"[bold red]ERROR[/] [red]{error}[/]");
        console.MarkupLineInterpolated($"[dim]{Legend.Scope(board)}[/]");
        console.MarkupLineInterpolated($"{board.Counts}");
        foreach (var sentence in Legend.Explanations)
            console.MarkupLineInterpolated($"[dim]{sentence}[/]");
        foreach (var reason in Refusals(board).Concat(board.Skips))
            console.MarkupLineInterpolated($"[dim]{reason}[/]");
        if (!board.IsComplete)
            console.MarkupLineInterpolated($"[bold red]{Legend.Partial(board)}[/]");
    }

    private static void Rows(IAnsiConsole console, string title, string meaning, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0)
            return;
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        console.MarkupLineInterpolated($"[dim]{meaning}[/]");
        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in headings)
            table.AddColumn($"[dim]{heading}[/]");
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }

    /// <summary>As many models side by side as fit.</summary>
    private static IEnumerable<Range> Pages(int width, int models)
    {
        // Each model column takes a border and two blanks beside its text; two more for the mark.
        var fit = Math.Max(1, (width - NameWidth - 4) / (LeastModelWidth + 5));
        var pages = Math.Max(1, (models + fit - 1) / fit);
        var each = (models + pages - 1) / pages;
        for (var start = 0; start < models; start += each)
            yield return start..Math.Min(models, start + each);
    }

    private static Table Scores(Leaderboard board, LeaderboardColumn column, Range models)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("").NoWrap());
        foreach (var model in board.Models.ToArray()[models])
            table.AddColumn(new TableColumn(Heading(model, LeastModelWidth + 2)).Centered().NoWrap());
        foreach (var group in column.Rows.GroupBy(row => row.Role))
        {
            table.AddRow($"[italic dim]{Legend.Group(group.Key)}[/]");
            foreach (var row in group)
                table.AddRow([Name(row), .. row.Cells.ToArray()[models].Select(Cell)]);
        }
        return table;
    }

    private static Table Bars(int width, Leaderboard board, LeaderboardColumn column)
    {
        var table = new Table { Border = TableBorder.Simple };
        var isWide = width >= WidthWithNulls;
        foreach (var (title, right) in new[] { ("method", false), ("model", false), ("score", true), ("null", true), ("bar", true), ("verdict", false) })
            table.AddColumn(new TableColumn($"[dim]{title}[/]") { Alignment = right ? Justify.Right : Justify.Left, NoWrap = title is not ("method" or "verdict") });
        if (isWide)
            table.AddColumn("[dim]best null[/]");
        foreach (var row in column.Rows.Where(row => row.Role == MethodRole.Method))
            foreach (var (cell, model) in row.Cells.Zip(board.Models).Where(pair => pair.First.Text != LeaderboardCell.Empty.Text))
            {
                string[] texts =
                [
                    Markup.Escape(row.Name), Heading(model, width < 100 ? 17 : 40), cell.Text, cell.Null?.ToString() ?? "–", cell.Bar?.ToString() ?? "–",
                    Coloured(cell, cell.Word),
                ];
                table.AddRow(isWide ? [.. texts, Markup.Escape(cell.NullName)] : texts);
            }
        return table;
    }

    private static string Heading(string model, int width) => Markup.Escape(string.Join('\n', Headings.Lines(model, width)));

    private static string Name(LeaderboardRow row) =>
        row.Role == MethodRole.Method ? $"[bold]{Markup.Escape(row.Name)}[/]" : Markup.Escape(row.Name);

    private static string Cell(LeaderboardCell cell) =>
        cell.Mark == "" ? $"[dim]{cell.Text}[/]" : $"{cell.Text} {Coloured(cell, cell.Mark)}";

    private static string Coloured(LeaderboardCell cell, string text) => cell.Verdict switch
    {
        Verdict.Pass => $"[green]{text}[/]",
        Verdict.Fail or Verdict.Errored => $"[red]{text}[/]",
        Verdict.Undecided => $"[yellow]{text}[/]",
        _ => $"[dim]{text}[/]",
    };

    /// <summary>Why a method has no bar, once for each model and reason.</summary>
    private static IEnumerable<string> Refusals(Leaderboard board) => board.Columns
        .SelectMany(column => column.Rows
            .Where(row => row.Role == MethodRole.Method)
            .SelectMany(row => row.Cells.Zip(board.Models).Where(pair => pair.First.Mark is "·")
                .Select(pair => $"{pair.Second}, {column.Name}: no bar, {pair.First.Reason}")))
        .Distinct();
}
