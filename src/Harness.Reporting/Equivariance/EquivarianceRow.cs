using System.Globalization;
using Harness.Grading;

namespace Harness.Reporting;

/// <summary>A method's answers to equivalent questions about a model, as text.</summary>
/// <param name="Method">Short name of the method.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Cells">One for each of <see cref="EquivarianceRules.All"/>.</param>
public sealed record EquivarianceRow(string Method, string Model, IReadOnlyList<string> Cells)
{
    /// <summary>Headings of a row.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["method", "model", .. EquivarianceRules.All.Select(rule => rule.IsRequired ? rule.Name : $"({rule.Name})")];

    /// <summary>What the rows are, in a sentence.</summary>
    public const string Meaning =
        "Questions that have one answer, and how far apart the two answers are (sine of an angle, or relative norm). ✓ equal, ✗ not, – does not apply or draws at random; in brackets what no method must keep.";

    /// <summary>The rows of a record, in its order.</summary>
    public static IReadOnlyList<EquivarianceRow> Of(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return
        [
            .. record.Cases.Where(line => line.Kind == CaseLine.Equivariance).Select(line => new EquivarianceRow(
                Leaderboard.DisplayName(line.Key.Method), line.Key.Model,
                [.. EquivarianceRules.All.Select(rule => Cell(line.Value(rule.Check) ?? line.Value(RecoveryValues.ValidCheck)))])),
        ];
    }

    private static string Cell(CheckValue? value) => value switch
    {
        null => "",
        { Verdict: Verdict.Pass } => "✓",
        { Verdict: Verdict.Fail, Value: { } distance } => $"{Number(distance)} ✗",
        { Verdict: Verdict.Errored } => "!",
        { Verdict: Verdict.Skipped } or { Value: null } => "–",
        { Value: { } distance } => Number(distance),
    };

    private static string Number(double distance) => double.IsInfinity(distance) ? "∞" : distance.ToString(distance is > 0 and < 0.005 ? "0e0" : "0.00", CultureInfo.InvariantCulture);
}
