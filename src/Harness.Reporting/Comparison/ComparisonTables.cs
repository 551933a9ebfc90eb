using System.Globalization;
using Harness.Grading;
using Spectre.Console;

namespace Harness.Reporting;

/// <summary>A comparison for a terminal: whatever changed, the worst first, with the command that runs each again.</summary>
public static class ComparisonTables
{
    /// <summary>Rows of each kind that are shown; the rest is counted.</summary>
    private const int MostRows = 40;

    /// <summary>Writes the comparison.</summary>
    public static void Write(IAnsiConsole console, RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.IsPartial)
            console.MarkupLineInterpolated($"[bold red]The run is partial: what it lacks is counted as missing.[/]");
        foreach (var remark in comparison.Remarks)
            console.MarkupLineInterpolated($"[dim]{remark}[/]");
        foreach (var group in comparison.Changes.Where(change => change.Kind != ChangeKind.Unchanged).GroupBy(change => change.Kind))
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{Title(group.Key)}[/]");
            foreach (var change in group.Take(MostRows))
                Write(console, change);
            if (group.Count() > MostRows)
                console.WriteLine($"  and {group.Count() - MostRows} more");
        }
        console.WriteLine();
        console.WriteLine(Counts(comparison));
    }

    /// <summary>How many of each kind, in one sentence.</summary>
    public static string Counts(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return string.Join(", ", Enum.GetValues<ChangeKind>().Select(kind => $"{comparison.Count(kind)} {kind.ToString().ToLowerInvariant()}"));
    }

    private static void Write(IAnsiConsole console, CheckChange change)
    {
        console.WriteLine($"  {change.Case}{(change.Check is null ? "" : $"  {change.Check}")}");
        var text = Text(change);
        if (text.Length > 0)
            console.WriteLine($"    {text}");
        if (change.Kind is ChangeKind.Regressed or ChangeKind.Missing)
            console.MarkupLineInterpolated($"    [dim]{change.Replay}[/]");
    }

    private static string Text(CheckChange change)
    {
        string?[] parts =
        [
            change.Baseline is null && change.Current is null ? null : $"{Number(change.Baseline)} → {Number(change.Current)}",
            change.Limit is { } limit ? $"may differ by {Number(limit)}" : null,
            change.Chance is { } chance ? $"by chance with probability {Number(chance)}" : null,
            change.Reason is { } reason ? string.Join(' ', reason.Split(['\n', '\r', '\u001b'], StringSplitOptions.RemoveEmptyEntries)) : null,
        ];
        return string.Join("; ", parts.OfType<string>());
    }

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "–";

    private static string Title(ChangeKind kind) => kind switch
    {
        ChangeKind.Regressed => "Regressed",
        ChangeKind.Missing => "Missing",
        ChangeKind.Improved => "Improved",
        _ => "New",
    };
}
