using Harness.Grading;

namespace Harness.Reporting;

/// <summary>What stands below the tables: every error, whatever has no score, and how many checks ended how.</summary>
internal static class Remarks
{
    private const int LongestReason = 300;
    private const int LongestList = 60;

    /// <summary>One line for each method, model and message, oracles and nulls included.</summary>
    internal static IReadOnlyList<string> Errors(IReadOnlyList<CaseLine> cases) =>
    [
        .. cases.SelectMany(line => line.Values.Where(value => value.Verdict == Verdict.Errored).Select(value => (line.Key, value.Reason)))
            .GroupBy(one => (one.Key.Method, one.Key.Model, one.Reason))
            .Select(group => $"{Leaderboard.DisplayName(group.Key.Method)} on {group.Key.Model} ({Cases(group.Select(one => one.Key))}): "
                + OneLine(group.Key.Reason)),
    ];

    /// <summary>One line for each method, check and reason.</summary>
    internal static IReadOnlyList<string> Skips(IReadOnlyList<CaseLine> cases) =>
    [
        .. cases.Where(line => line.Role == MethodRole.Method)
            .SelectMany(line => line.Values.Where(IsWithoutScore).Select(value => (line.Key, value.Check, value.Reason)))
            .GroupBy(one => (one.Key.Method, one.Check, one.Reason))
            .Select(group => $"{Leaderboard.DisplayName(group.Key.Method)}, {group.Key.Check}: "
                + $"skipped on {Models(group.Select(one => one.Key.Model))}, {OneLine(group.Key.Reason)}"),
    ];

    /// <summary>Verdicts of methods by kind; a score without a bar and no score at all are told apart.</summary>
    internal static string Counts(IReadOnlyList<CaseLine> cases)
    {
        var values = cases.Where(line => line.Role == MethodRole.Method).SelectMany(line => line.Values).ToList();
        int Of(Verdict verdict) => values.Count(value => value.Verdict == verdict);
        var unscored = values.Count(IsWithoutScore);
        return $"Checks of methods: {Of(Verdict.Pass)} pass, {Of(Verdict.Fail)} fail, {Of(Verdict.Undecided)} undecided, {Of(Verdict.Errored)} errored, "
            + $"{Of(Verdict.Skipped) - unscored} without a bar, {unscored} skipped.";
    }

    /// <summary>A text of others on one line of bounded length, without control characters: it may come from anywhere and goes to a terminal.</summary>
    internal static string OneLine(string? text)
    {
        var clean = string.Concat((text ?? "no reason given").Select(c => char.IsControl(c) ? ' ' : c));
        return clean.Length <= LongestReason ? clean : clean[..(LongestReason - 1)] + "…";
    }

    private static bool IsWithoutScore(CheckValue value) => value is { Verdict: Verdict.Skipped, Value: null };

    private static string Cases(IEnumerable<CaseKey> keys)
    {
        var cases = keys.Select(key => $"{key.Disguise}, seed {key.Seed}").Distinct().ToList();
        return string.Join("; ", cases) is { Length: <= LongestList } list ? list : $"{cases.Count} cases";
    }

    private static string Models(IEnumerable<string> models) =>
        models.Distinct().ToList() is { Count: > 1 } several ? $"{several.Count} models" : models.First();
}
