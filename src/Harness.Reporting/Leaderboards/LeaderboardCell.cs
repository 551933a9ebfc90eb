using Harness.Grading;

namespace Harness.Reporting;

/// <summary>One method on one model in one column, over all disguises and seeds of the record.</summary>
/// <param name="Score">Its scores; null: it has none there.</param>
/// <param name="Null">What uninformed answers of its shape reach.</param>
/// <param name="Bar">Its bars; null: none.</param>
/// <param name="Verdict">The worst of its verdicts; null: it carries none.</param>
/// <param name="Reason">Why it was skipped, refused or errored, or null.</param>
/// <param name="IsPartial">Whether an answer leaves out a tensor of a subnetwork that spans several.</param>
public sealed record LeaderboardCell(ScoreRange? Score, ScoreRange? Null, ScoreRange? Bar, Verdict? Verdict, string? Reason, bool IsPartial)
{
    /// <summary>Cases that stand behind it.</summary>
    public int Cases { get; init; }

    /// <summary>Cases that errored: they have no score, and the range is one of the others only.</summary>
    public int Errors { get; init; }

    /// <summary>Which null the bar is held against, as many as there are over disguises and seeds; empty where there is none.</summary>
    public string NullName { get; init; } = "";

    /// <summary>Nothing to show.</summary>
    public static LeaderboardCell Empty { get; } = new(null, null, null, null, null, false);

    /// <summary>The score or a word in its place.</summary>
    public string Text => Score?.ToString() ?? (Verdict == Grading.Verdict.Errored ? "error" : "–");

    /// <summary>A mark for the verdict, or nothing: ✓ pass, ✗ fail, ! error, ? undecided, · scored without a bar.</summary>
    public string Mark => (Verdict, Score) switch
    {
        (Grading.Verdict.Pass, _) => "✓",
        (Grading.Verdict.Fail, _) => "✗",
        (Grading.Verdict.Errored, _) => "!",
        (Grading.Verdict.Undecided, _) => "?",
        (Grading.Verdict.Skipped, not null) => "·",
        _ => "",
    };

    /// <summary>The verdict in words.</summary>
    public string Word => IsPartial ? $"{VerdictWord}, partial" : VerdictWord;

    private string VerdictWord => (Verdict, Score) switch
    {
        (null, _) => "–",
        (Grading.Verdict.Skipped, not null) => "no bar",
        (Grading.Verdict.Skipped, _) => "skipped",
        (Grading.Verdict.Errored, not null) => $"{Errors} of {Cases} errored",
        ({ } verdict, _) => verdict.ToString().ToLowerInvariant(),
    };
}
