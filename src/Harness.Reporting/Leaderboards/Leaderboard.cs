using Harness.Grading;

namespace Harness.Reporting;

/// <summary>The scores of a record as a table of methods and models. A pure function of the record.</summary>
public sealed record Leaderboard
{
    private const string Builtin = "builtin:";
    private const string Miniature = "miniature/";
    private const string Plugin = "dll:";
    private const string File = "file:";

    /// <summary>The run's suite, e.g. <c>quick 1</c>.</summary>
    public required string Suite { get; init; }

    /// <summary>Model ids, in the record's order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Disguises without their seeds, in the record's order.</summary>
    public required IReadOnlyList<string> Disguises { get; init; }

    /// <summary>Directions, components, and what is claimed on controls.</summary>
    public required IReadOnlyList<LeaderboardColumn> Columns { get; init; }

    /// <summary>Number of cases.</summary>
    public required int Cases { get; init; }

    /// <summary>Whether the run finished. A partial one is never shown as if it had.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Which part of a run the record is, where that part has ended; null: it is none, or has not.</summary>
    public RunShard? Shard { get; init; }

    /// <summary>Seconds of the run; null for a partial record.</summary>
    public double? Seconds { get; init; }

    /// <summary>Every error of the record, oracles' and nulls' included: where, in how many cases, and what was said. One line each.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>Why answers have no score in a column, once for each method and reason.</summary>
    public required IReadOnlyList<string> Skips { get; init; }

    /// <summary>How many checks of methods ended how, in words.</summary>
    public required string Counts { get; init; }

    /// <summary>The leaderboard of a record.</summary>
    public static Leaderboard Of(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var cases = record.Cases.Where(line => line.Kind == CaseLine.Decomposition).ToList();
        var models = cases.Select(line => line.Key.Model).Distinct().ToList();
        return new Leaderboard
        {
            Suite = $"{record.Header.Suite.Name} {record.Header.Suite.Version}",
            Models = models,
            Disguises = [.. cases.Select(line => line.Key.Disguise.Split(':')[0]).Distinct()],
            Columns = [.. LeaderboardColumn.Checks.Select(check => new LeaderboardColumn(check, Rows(Of(cases, check), models, check)))],
            Errors = Remarks.Errors(record.Cases),
            Skips = Remarks.Skips(cases),
            Counts = Remarks.Counts(record.Cases),
            Cases = cases.Count,
            IsComplete = record.IsComplete,
            Shard = record.HasEnded ? record.Header.Shard : null,
            Seconds = record.Footer?.Seconds,
        };
    }

    /// <summary>
    /// A selector as short as a table needs it: the name of a built-in method, the type of a plug-in, the name of a file; of any other one line at most, for
    /// a submission may name itself anything.
    /// </summary>
    public static string DisplayName(string selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        if (selector.StartsWith(Plugin, StringComparison.Ordinal))
            return selector[(selector.LastIndexOf('#') + 1)..];
        if (selector.StartsWith(File, StringComparison.Ordinal))
            return Path.GetFileName(selector[File.Length..]);
        var name = selector.StartsWith(Builtin, StringComparison.Ordinal) ? selector[Builtin.Length..] : Remarks.OneLine(selector);
        return name.StartsWith(Miniature, StringComparison.Ordinal) ? name[Miniature.Length..] : name;
    }

    /// <summary>Where a role stands from top to bottom.</summary>
    internal static int Place(MethodRole role) => role switch
    {
        MethodRole.Oracle => 0,
        MethodRole.Method => 1,
        MethodRole.Baseline => 2,
        MethodRole.Control => 3,
        _ => 4,
    };

    private static List<LeaderboardRow> Rows(List<CaseLine> cases, List<string> models, string check)
    {
        // Two plug-ins of one type name, or two files of one name, are told apart by all of their selectors.
        var shared = cases.Select(line => line.Key.Method).Distinct().GroupBy(DisplayName)
            .Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        string Name(string selector) => DisplayName(selector) is var name && shared.Contains(name) ? Remarks.OneLine(selector) : name;
        var sign = check == ControlValues.Check ? -1 : 1;
        return
        [
            .. cases.GroupBy(line => (line.Key.Method, line.Role))
                .Select(group => new LeaderboardRow(
                    Name(group.Key.Method), group.Key.Role,
                    [.. models.Select(model => Cell([.. group.Where(line => line.Key.Model == model)], check))]))
                .Where(row => row.Cells.Any(cell => cell.Score is not null || cell.Verdict == Verdict.Errored))
                .OrderBy(row => Place(row.Role))
                .ThenByDescending(row => row.Role is MethodRole.Method or MethodRole.Baseline ? sign * row.Cells.Sum(cell => cell.Score?.Middle ?? 0) : 0),
        ];
    }

    /// <summary>The cases that a column is about: an error on a model where nobody has the check is no error of the check.</summary>
    private static List<CaseLine> Of(List<CaseLine> cases, string check)
    {
        var models = cases.Where(line => line.Value(check) is not null).Select(line => line.Key.Model).ToHashSet();
        return check == ControlValues.Check ? [.. cases.Where(line => models.Contains(line.Key.Model))] : cases;
    }

    /// <summary>The names of the best nulls, from the details beside the scores.</summary>
    private static string NullNames(IEnumerable<CaseLine> cases, string check)
    {
        var prefix = $"{check}.null/";
        return string.Join(", ", cases.Select(line => line.Values
                .Where(value => value.Check.StartsWith(prefix, StringComparison.Ordinal) && value.Value == line.Value(check)?.Null)
                .Select(value => value.Check[prefix.Length..]).FirstOrDefault(name => !name.Contains('.')))
            .OfType<string>().Select(DisplayName).Distinct());
    }

    private static LeaderboardCell Cell(List<CaseLine> cases, string check)
    {
        // A case that errored has no checks; its error stands in all columns.
        var values = cases.Select(line => line.Value(check) ?? line.Value(RecoveryValues.ValidCheck)).OfType<CheckValue>().ToList();
        return values.Count == 0
            ? LeaderboardCell.Empty
            : new LeaderboardCell(
                ScoreRange.Of(values.Where(value => value.Value is not null).Select(value => value.Value!.Value)),
                ScoreRange.Of(values.Where(value => value.Null is not null).Select(value => value.Null!.Value)),
                ScoreRange.Of(values.Where(value => value.Bar is not null).Select(value => value.Bar!.Value)),
                Verdicts.Merge(values.Select(value => value.Verdict).OfType<Verdict>()),
                // An error's words come before those of a bar that was refused.
                values.OrderByDescending(value => value.Verdict == Verdict.Errored).Select(value => value.Reason)
                    .FirstOrDefault(reason => reason is not null),
                cases.Any(line => line.Value($"{check}.partial") is { Value: > 0 }))
            {
                Cases = values.Count, Errors = values.Count(value => value.Verdict == Verdict.Errored), NullName = NullNames(cases, check),
            };
    }
}
