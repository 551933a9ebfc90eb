using System.Globalization;
using Harness.Grading;

namespace Harness.Reporting;

/// <summary>A method on a model over all seeds of the record, as text.</summary>
/// <param name="Method">Short name of the method.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Directions">How alike the directions of two seeds are, and what random ones have; a range is over disguises.</param>
/// <param name="Components">The same of components.</param>
/// <param name="Shares">For each check that several seeds decide: its name, how many of them pass, and the verdict.</param>
public sealed record SeedRow(string Method, string Model, string Directions, string Components, IReadOnlyList<string> Shares)
{
    /// <summary>Headings of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["method", "model", "directions alike", "components alike", "seeds that pass (95 % interval)"];

    /// <summary>What the rows are, in a sentence.</summary>
    public const string Meaning =
        "How alike the answers of two seeds are (mean matched |cosine|, in brackets what random answers of their shapes have), and how many seeds pass. Alike is not right: θ* at every seed has 1.";

    /// <summary>The rows of a record, in its order; none where every method ran at one seed.</summary>
    public static IReadOnlyList<SeedRow> Of(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return
        [
            .. record.Cases.Where(line => line.Kind == CaseLine.Stability).GroupBy(line => (line.Key.Method, line.Key.Model)).Select(group => new SeedRow(
                Leaderboard.DisplayName(group.Key.Method), group.Key.Model, Alike([.. group], "directions"), Alike([.. group], "components"),
                [.. group.SelectMany(line => line.Values).Where(value => value.Level == CheckLevel.Stochastic).GroupBy(value => value.Check).Select(values => Share([.. group], values.Key))])),
        ];
    }

    /// <summary>One text for each heading.</summary>
    public IReadOnlyList<string> Cells => [Method, Model, Directions, Components, Shares.Count > 0 ? string.Join("; ", Shares) : "–"];

    private static string Alike(IReadOnlyList<CaseLine> lines, string column)
    {
        var values = lines.Select(line => line.Value($"{StabilityValues.Prefix}{column}")).OfType<CheckValue>().ToList();
        var (value, chance) = (ScoreRange.Of(values.Select(one => one.Value).OfType<double>()), ScoreRange.Of(values.Select(one => one.Null).OfType<double>()));
        return value is null ? "–" : chance is null ? $"{value}" : $"{value} ({chance})";
    }

    private static string Share(IReadOnlyList<CaseLine> lines, string check)
    {
        var name = check[StabilityValues.Prefix.Length..];
        var values = lines.Select(line => line.Value(check)).OfType<CheckValue>().ToList();
        var (share, verdict) = (ScoreRange.Of(values.Select(one => one.Value).OfType<double>()), Verdicts.Merge(values.Select(one => one.Verdict).OfType<Verdict>()));
        var interval = (
            ScoreRange.Of(lines.Select(line => line.Value($"{check}.lower")?.Value).OfType<double>())?.Low,
            ScoreRange.Of(lines.Select(line => line.Value($"{check}.upper")?.Value).OfType<double>())?.High);
        var word = verdict is null ? "" : $" {verdict.ToString()!.ToLowerInvariant()}";
        return share is null ? $"{name}: no bar"
            : interval.Item1 is null ? $"{name}: {share}, the same answer at every seed"
            : string.Create(CultureInfo.InvariantCulture, $"{name}: {share} ({interval.Item1:0.00}–{interval.Item2:0.00}){word}");
    }
}
