using System.Globalization;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>Sphere searches on a terminal.</summary>
internal static class SphereTables
{
    /// <summary>Prints one search: what the method saw on the left, the grader's word on the right.</summary>
    public static void Print(string model, SphereCase found, IAnsiConsole console)
    {
        console.WriteLine($"{model}, plant {found.ModelSeed}, seed {found.Seed}: {string.Join(", ", found.Planted)}");
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "K", "cross-entropy", "growth", "ΔJ s1/s10", "accuracy", "strengths", "shares", "broken", "frozen", "purity");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var round in found.Hops.Concat(found.Rounds))
            table.AddRow([.. Cells(round, found.Planted)]);
        console.Write(table);
        console.WriteLine(
            $"{found.Ending}; {found.Gradients:N0} gradients, {found.Products:N0} products, {found.Seconds:F1} s ({found.CpuSeconds:F1} s of processor time).");
        console.WriteLine("From accuracy on, columns are the grader's; the search sees cross-entropy, logits and ΔJ only.");
    }

    /// <summary>Prints shares of models and rounds with their intervals.</summary>
    public static void Print(IReadOnlyList<SphereStatistics> statistics, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "value", "of", "Wilson 95 %", "null", "asked for");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var row in statistics)
            table.AddRow(
                new Text(row.Name), new Text($"{row.Value:F3}"), new Text(row.Hits is { } hits ? $"{hits} of {row.Trials}" : $"{row.Trials}"),
                new Text(row.Interval is { } interval ? $"{interval.Lower:F2} – {interval.Upper:F2}" : "–"), new Text(row.Null is { } none ? $"{none:F3}" : "–"),
                new Text($"{row.Bar:F2}"));
        console.Write(table);
    }

    private static string[] Cells(SphereColumns round, IReadOnlyList<string> planted)
    {
        if (round.End is not { } end)
            return [round.Name, "none", .. Enumerable.Repeat("–", 9)];
        var spectrum = round.ChangeSpectrum;
        return
        [
            round.Name, $"{round.Eigenvectors}", $"{end.CrossEntropy:F3}", $"{end.Growth:F2}", spectrum.Length >= 10 ? $"{spectrum[0] / spectrum[9]:G2}" : "–",
            $"{end.Accuracy:F3}", Numbers(end.Strengths), Numbers(end.Shares), end.Broken is { } index ? planted[index] : "–",
            round.Dimensions is { } dimensions ? $"{dimensions}" : "–", round.Containment is { } shares ? $"{shares.Max():F4}" : "–",
        ];
    }

    private static string Numbers(double[] values) => string.Join(" ", values.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)));
}
