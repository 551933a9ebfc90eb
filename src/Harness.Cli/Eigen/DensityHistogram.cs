using Spectre.Console;

namespace Harness.Cli;

/// <summary>A spectral density as rows of text: the mean of the curve over each stretch of the grid, and a bar for its logarithm.</summary>
internal static class DensityHistogram
{
    private const int Rows = 24;

    private const int Decades = 5;

    private const int BarPerDecade = 8;

    /// <summary>Text table. The error of a mean over a stretch is at most the mean of the errors, which is what is shown.</summary>
    internal static Table Table(DensityView view)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in new[] { "λ around", "density", "±" })
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        table.AddColumn(new TableColumn($"{Decades} decades, logarithmic").NoWrap());
        (double X, double Density, double Error)[] rows = [.. Enumerable.Range(0, Rows).Select(row => Mean(view, row))];
        var peak = rows.Max(row => row.Density);
        foreach (var (x, density, error) in rows)
            table.AddRow($"{x:G4}", $"{density:0.0E+0}", $"{error:0.0E+0}", Bar(density / peak));
        return table;
    }

    /// <summary>A full bar at 1, none at or below 10⁻⁵.</summary>
    internal static string Bar(double share) =>
        share > 0 ? new string('█', (int)Math.Round(Math.Max(0, Decades + Math.Log10(share)) * BarPerDecade)) : "";

    private static (double X, double Density, double Error) Mean(DensityView view, int row)
    {
        var (start, end) = (row * view.Grid.Length / Rows, (row + 1) * view.Grid.Length / Rows);
        return (view.Grid[start..end].Average(), view.Density[start..end].Average(), view.StandardErrors[start..end].Average());
    }
}
