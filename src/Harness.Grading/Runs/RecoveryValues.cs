namespace Harness.Grading;

/// <summary>Recovery as values of a run record.</summary>
public static class RecoveryValues
{
    /// <summary>The check of an answer that cannot be graded at all.</summary>
    public const string ValidCheck = "decomposition.valid";

    /// <summary>The check of a column, e.g. <c>recovery.directions</c>.</summary>
    public static string CheckName(RecoveryColumn column) => $"recovery.{column.ToString().ToLowerInvariant()}";

    /// <summary>A column of an oracle, a control or a null: a number without verdict.</summary>
    internal static CheckValue Unjudged(ColumnGrade column) => new(CheckName(column.Column))
    {
        Value = column.Score?.Value, Direction = CheckDirection.Higher, Reason = column.Skipped,
    };

    /// <summary>A column that does not apply to a method.</summary>
    internal static CheckValue Skipped(ColumnGrade column) => Unjudged(column) with { Level = CheckLevel.Should, Verdict = Verdict.Skipped };

    /// <summary>A column of a method: the score against its bar, then what stands beside it.</summary>
    internal static IEnumerable<CheckValue> Judged(
        RecoveryColumn column, RecoveryScore score, Bar bar, IReadOnlyList<FamilyResult> families, IReadOnlyList<(string Name, double Score)> miniatures)
    {
        var check = CheckName(column);
        yield return new CheckValue(check)
        {
            Level = CheckLevel.Should, Value = score.Value, Bar = bar.Value, Direction = CheckDirection.Higher, Null = bar.Null, Oracle = bar.Oracle,
            Ratio = bar.Oracle > bar.Null ? (score.Value - bar.Null) / (bar.Oracle - bar.Null) : null,
            Verdict = bar.Judge(score.Value), Reason = bar.Refused ?? bar.Remark,
        };
        yield return Detail($"{check}.planted", score.Planted);
        yield return Detail($"{check}.alive", score.Alive);
        yield return Detail($"{check}.dead", score.Dead);
        yield return Detail($"{check}.partial", score.Matches.Count(match => match.IsPartial));
        if (column == RecoveryColumn.Directions)
            yield return Detail($"{check}.extent", score.Matches.Sum(match => match.Extent ?? 0) / score.Planted);
        foreach (var (name, value) in miniatures)
            yield return Detail($"{check}.null/{name}", value);
        foreach (var family in families)
        {
            yield return Detail($"{check}.null/{family.Family}", family.Mean);
            if (family.Scores.Count == 1)
                continue;
            yield return Detail($"{check}.null/{family.Family}.sd", family.StandardDeviation);
            yield return Detail($"{check}.null/{family.Family}.draws", family.Scores.Count);
            yield return Detail($"{check}.null/{family.Family}.z", family.ZScore(score.Value));
            yield return Detail($"{check}.null/{family.Family}.p", family.PValue(score.Value));
        }
    }

    /// <summary>An answer that could not be had or not be graded. An error of the method, not a low score.</summary>
    internal static CheckValue Errored(string message) => new(ValidCheck) { Level = CheckLevel.Must, Verdict = Verdict.Errored, Reason = message };

    private static CheckValue Detail(string check, double? value) => new(check) { Value = value };
}
