using Harness.Grading;

namespace Harness.Reporting;

/// <summary>Words that every form of the leaderboard shares.</summary>
internal static class Legend
{
    internal static string Group(MethodRole role) => role switch
    {
        MethodRole.Oracle => "oracles",
        MethodRole.Method => "methods",
        MethodRole.Baseline => "baselines",
        MethodRole.Control => "controls",
        _ => "nulls",
    };

    internal static string Scope(Leaderboard board) =>
        board.Cases == 0
            ? $"Suite {board.Suite}, no cases."
            : $"Suite {board.Suite}, {board.Cases} cases. A range is over seeds and the disguises that a model admits (of {string.Join(", ", board.Disguises)}).";

    internal static string Partial(Leaderboard board) => board.Shard is { } shard
        ? $"PARTIAL RECORD: shard {shard.Index} of {shard.Count} of a run. These are {board.Cases} of its cases; harness merge puts the shards together."
        : $"PARTIAL RECORD: the run did not finish. These are its first {board.Cases} cases; a cell may lack some of its own.";

    internal const string NothingScored = "Nothing was scored.";

    internal static IReadOnlyList<string> Explanations { get; } =
    [
        "1 is the truth, 0 is no better than chance. Null: the best that an answer without knowledge of the truth reaches (a mean over draws where random).",
        "Bar: half-way between the null and the oracle. ✓ reaches it in every case, ✗ misses it in some, ! errored in some and has no score there.",
        "· has no bar: a null does as well as the truth, or nearly, and the score says nothing of the method. ? is undecided.",
        "Baselines are simple methods to beat, oracles the truth itself, controls the truth with a known fault, nulls know nothing of it; none of them is judged.",
        "– does not apply. Partial: an answer leaves out a tensor of a subnetwork that spans several, in some case.",
    ];
}
