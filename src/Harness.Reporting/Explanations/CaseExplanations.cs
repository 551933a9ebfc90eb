using System.Globalization;
using Harness.Grading;
using Spectre.Console;

namespace Harness.Reporting;

/// <summary>
/// Why methods have the scores that they have, case by case: recovery against its bar, what was missed, merged, split or leaks, and every other axis beside the
/// oracle's and the best null's value. A pure function of the record.
/// </summary>
public static class CaseExplanations
{
    private static readonly HashSet<string> s_axes = [.. AxisCatalog.All.Select(axis => axis.Check)];

    /// <summary>The cases that have something to explain.</summary>
    public static IReadOnlyList<CaseLine> Cases(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return [.. record.Cases.Where(line => line.Kind == CaseLine.Decomposition && line.Role is MethodRole.Method or MethodRole.Baseline)];
    }

    /// <summary>Writes all of them. Works from 80 columns on; without colour where the console has none.</summary>
    public static void Write(IAnsiConsole console, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(console);
        foreach (var line in Cases(record))
            Write(console, line);
    }

    private static void Write(IAnsiConsole console, CaseLine line)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{Leaderboard.DisplayName(line.Key.Method)} on {Subject(line.Key)}[/]");
        foreach (var value in line.Values.Where(value => value.Level is not null))
            console.MarkupLineInterpolated($"  {value.Check} {Score(value)}");
        foreach (var finding in line.Findings ?? [])
            console.MarkupLineInterpolated($"  • {finding}");
        foreach (var table in PlantTables.Of(line))
            console.Write(table);
        var axes = line.Values.Where(value => s_axes.Contains(value.Check)).ToList();
        if (axes.Any(axis => axis.Value is not null))
            console.Write(Table(axes.Where(axis => axis.Value is not null)));
        foreach (var group in axes.Where(axis => axis.Value is null).GroupBy(axis => axis.Reason))
            console.MarkupLineInterpolated($"  [dim]{string.Join(", ", group.Select(axis => axis.Check))}: {group.Key}[/]");
        console.MarkupLineInterpolated($"  [dim]{Cost(line.Cost)}[/]");
        console.MarkupLineInterpolated($"  [dim]{Remarks.OneLine(line.Replay)}[/]");
    }

    private static Table Table(IEnumerable<CheckValue> axes)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var title in new[] { "axis", "answer", "oracle", "best null", "better" })
            table.AddColumn(new TableColumn(title) { Alignment = title is "axis" or "better" ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (var axis in axes)
            table.AddRow(axis.Check, Text(axis.Value), Text(axis.Oracle), Text(axis.Null), axis.Direction == CheckDirection.Lower ? "lower" : "higher");
        return table;
    }

    private static string Subject(CaseKey key)
    {
        var seeds = key.ModelSeed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", model seed {key.ModelSeed}");
        return $"{key.Model}{seeds}, {(key.Disguise == "none" ? "undisguised" : key.Disguise)}, seed {key.Seed.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Score(CheckValue value) => value.Verdict switch
    {
        Verdict.Pass or Verdict.Fail => $"{Text(value.Value)} against a bar of {Text(value.Bar)}: {(value.Verdict == Verdict.Pass ? "pass" : "fail")}",
        Verdict.Errored => $"error: {Remarks.OneLine(value.Reason ?? "")}",
        null when value is { Value: not null, Bar: not null } => $"{Text(value.Value)} against a bar of {Text(value.Bar)}: a baseline, not judged",
        _ => value.Value is null ? $"skipped: {value.Reason}" : $"{Text(value.Value)}, no bar: {value.Reason}",
    };

    private static string Cost(CaseCost cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"took {cost.Seconds:0.00} s, gradients {Count(cost.Gradients)}, products {Count(cost.Products)}, peak memory of the process {cost.PeakMemoryMiB:0} MiB");

    private static string Count(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";
}
