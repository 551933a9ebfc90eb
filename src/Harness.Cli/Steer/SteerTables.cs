using Spectre.Console;

namespace Harness.Cli;

/// <summary>A steering result on a terminal.</summary>
internal static class SteerTables
{
    /// <summary>Prints independence, methods, baselines and what must be known of them.</summary>
    public static void Print(string model, SteerResult result, IAnsiConsole console)
    {
        var (keep, ablate, mixed) = result.Data.Names;
        var independence = result.Independence;
        console.WriteLine(
            $"{model}: keep {keep}, ablate {ablate}{(result.Data.Known is { } known ? $", known are {known} and {mixed} only{(result.Data.Unknown?.Name == "unmixed" ? ", unmixed" : "")}" : "")}");
        console.WriteLine(
            $"top {independence.Angles.Length} Hessian eigenvectors of either set: mean cos² {independence.MeanSquaredCosine:G3} (random {independence.RandomMeanSquaredCosine:G2}),"
            + $" union of dimension {independence.UnionDimension} of {2 * independence.Angles.Length}");
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "Method", "avoids", "direction", "λ/‖θ*‖", $"{keep} before", "after", $"{ablate} before", "after", $"{mixed} after", "validity/‖θ*‖");
        foreach (var column in table.Columns.Skip(3))
            column.RightAligned();
        foreach (var row in result.Rows)
            table.AddRow([.. Cells(row, result.Norm).Select(cell => new Text(cell, row.IsBaseline ? new Style(Color.Grey) : Style.Plain))]);
        console.Write(table);
        console.WriteLine("Accuracies in % on held-out data, at the step that training data recommend; lower rows are baselines.");
        foreach (var row in result.Rows)
        {
            if (!row.Grade.IsOrthogonal)
                console.WriteLine($"FAIL {row.Name}: a direction is not orthogonal to what it avoids: {row.Grade.Orthogonality!.Max():G3}, limit {row.Grade.OrthogonalityLimit:G3}");
            foreach (var remark in row.Grade.Answer.Remarks)
                console.WriteLine($"{row.Name}: {remark}");
        }
        if (result.Rows.Any(row => row.Purity is not null))
            console.WriteLine(
                $"Least share of a direction in the planted subnetwork of {ablate}, largest cosine with what is avoided: "
                + string.Join("; ", result.Rows.Where(row => row is { Purity: not null, IsBaseline: false }).Select(row => $"{row.Name} {row.Purity:F6}{(row.LargestCosine is { } cosine ? $", {cosine:G2}" : "")}")));
        foreach (var sweep in result.Sweeps)
            console.WriteLine(
                $"{sweep.Name} by count: {string.Join(", ", sweep.Counts.Zip(sweep.Grades, (count, grade) => $"{count}: {Percent(grade.Chosen?.Keep.Accuracy)}/{Percent(grade.AblatedAccuracy)}"))} ({keep}/{ablate})");
    }

    private static string[] Cells(SteerRow row, double norm)
    {
        var (grade, avoided) = (row.Grade, row.Grade.Answer.Avoided);
        if (grade is not { Chosen: { } chosen, Choice: { } choice, Curve: { } curve })
            return [row.Name, avoided is null ? "–" : $"{avoided.Dimension}", "none", .. Enumerable.Repeat("–", 7)];
        return
        [
            row.Name, avoided is null ? "–" : $"{avoided.Dimension}", $"{(choice.Sign > 0 ? "" : "−")}{(choice.Direction.Name.Length > 4 && choice.Sign < 0 ? $"({choice.Direction.Name})" : choice.Direction.Name)}",
            $"{choice.Lambda / norm:F3}", Percent(curve.Origin.Keep.Accuracy), Percent(chosen.Keep.Accuracy), Percent(curve.Origin.Ablate.Accuracy),
            Percent(chosen.Ablate.Accuracy), Percent(chosen.Mixed?.Accuracy), row.Validity?.Radius is { } radius ? $"{radius / norm:G2}" : "–",
        ];
    }

    private static string Percent(double? share) => share is { } value ? $"{100 * value:F1}" : "–";
}
