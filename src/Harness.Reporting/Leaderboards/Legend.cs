using Harness.Grading;

namespace Harness.Reporting;

/// <summary>Words that every form of the leaderboard shares.</summary>
internal static class Legend
{
    internal static string Group(MethodRole role) => role switch
    {
        MethodRole.Oracle => "oracles",
        MethodRole.Method => "methods",
        MethodRole.Control => "controls",
        _ => "nulls",
    };

    internal static string Scope(Leaderboard board) =>
        $"Suite {board.Suite}, {board.Cases} cases; a range is over disguises ({string.Join(", ", board.Disguises)}) and seeds.";

    internal static string Partial(Leaderboard board) => $"PARTIAL RECORD: the run did not finish. These are its first {board.Cases} cases.";

    internal static IReadOnlyList<string> Explanations { get; } =
    [
        "1 is the truth, 0 is no better than chance. Null: the best that an answer without knowledge of the truth reaches (a mean over draws where random).",
        "Bar: half-way between the null and the oracle. ✓ passes it everywhere, ✗ fails somewhere or errored, · has no bar: a null does as well as the truth.",
        "Oracles are the truth itself, controls the truth with a known fault, nulls know nothing of it; none of them is judged.",
        "– does not apply. Partial: an answer leaves out a tensor of a subnetwork that spans several.",
    ];
}
