using System.Globalization;
using Harness.Grading;
using Spectre.Console;

namespace Harness.Reporting;

/// <summary>What a case's scores are made of, planted subnetwork by planted subnetwork.</summary>
internal static class PlantTables
{
    /// <summary>Plants below each other at most; of more the poorest.</summary>
    private const int MostRows = 12;

    /// <summary>Plants side by side at most.</summary>
    private const int MostColumns = 6;

    private static readonly string[] s_columns = [.. Enum.GetValues<RecoveryColumn>().Select(RecoveryValues.CheckName)];

    private static readonly (string Name, string Heading)[] s_parts =
        [("submitted", "found by"), ("containment", "containment"), ("coverage", "coverage"), ("extent", "extent"), ("dice", "Dice")];

    /// <summary>A table for each column of recovery and one for the axes; none for a case without planted subnetworks.</summary>
    internal static IEnumerable<Table> Of(CaseLine line)
    {
        if (line.Plants is not { Count: > 0 } plants)
            yield break;
        foreach (var check in s_columns.Where(check => plants.Any(plant => plant.Values.ContainsKey(check))))
            yield return Recovery(check, plants);
        string[] axes = [.. AxisCatalog.All.Select(axis => axis.Check).Where(check => plants.Any(plant => plant.Values.ContainsKey(check)))];
        if (axes.Length > 0)
            yield return Axes(axes, plants);
    }

    private static Table Recovery(string check, IReadOnlyList<PlantReading> plants)
    {
        (string Name, string Heading)[] parts = [.. s_parts.Where(part => plants.Any(plant => plant.Values.ContainsKey($"{check}.{part.Name}")))];
        var table = New(check, ["score", .. parts.Select(part => part.Heading), "of the answer in each tensor"]);
        foreach (var plant in Poorest(plants, check, MostRows))
            table.AddRow(Escaped([plant.Name, Text(plant, check), .. parts.Select(part => Text(plant, $"{check}.{part.Name}", part.Name == "submitted" ? "0" : "0.000")), Shares(plant, check)]));
        return Ended(table, plants, MostRows);
    }

    private static Table Axes(string[] axes, IReadOnlyList<PlantReading> plants)
    {
        // One row for each axis: there are more axes than fit side by side.
        var shown = Poorest(plants, s_columns.FirstOrDefault(check => plants[0].Values.ContainsKey(check)) ?? axes[0], MostColumns).ToList();
        var table = New("axis", [.. shown.Select(plant => plant.Name)]);
        foreach (var axis in axes)
            table.AddRow(Escaped([axis, .. shown.Select(plant => Text(plant, axis))]));
        return Ended(table, plants, MostColumns);
    }

    private static IEnumerable<PlantReading> Poorest(IReadOnlyList<PlantReading> plants, string check, int most) => plants.Count <= most
        ? plants
        : plants.OrderBy(plant => plant.Values.GetValueOrDefault(check)).Take(most);

    private static string Shares(PlantReading plant, string check)
    {
        var prefix = $"{check}.share/";
        return string.Join(", ", plant.Values.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key[prefix.Length..]} {100 * one.Value:0} %")));
    }

    private static string Text(PlantReading plant, string name, string format = "0.000") =>
        plant.Values.TryGetValue(name, out var value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static Table New(string first, IReadOnlyList<string> others)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn($"[dim]{Markup.Escape(first)}[/]"));
        foreach (var heading in others)
            table.AddColumn(new TableColumn($"[dim]{Markup.Escape(heading)}[/]") { Alignment = heading.StartsWith("of ", StringComparison.Ordinal) ? Justify.Left : Justify.Right });
        return table;
    }

    private static Table Ended(Table table, IReadOnlyList<PlantReading> plants, int most) =>
        plants.Count <= most ? table : table.Caption(string.Create(CultureInfo.InvariantCulture, $"the {most} poorest of {plants.Count}"));

    private static string[] Escaped(IEnumerable<string> cells) => [.. cells.Select(cell => Markup.Escape(Remarks.OneLine(cell)))];
}
