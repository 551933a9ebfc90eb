using Harness.Grading;

namespace Harness.Reporting;

/// <summary>One column of recovery over all methods and models. The two columns are never merged.</summary>
/// <param name="Column">Which one.</param>
/// <param name="Rows">Oracles, then methods (the best first), baselines, controls and nulls.</param>
public sealed record LeaderboardColumn(RecoveryColumn Column, IReadOnlyList<LeaderboardRow> Rows)
{
    /// <summary>A heading.</summary>
    public string Title => Column == RecoveryColumn.Directions ? "Recovery of directions" : "Recovery of components";

    /// <summary>What the numbers mean, in a sentence.</summary>
    public string Meaning => Column == RecoveryColumn.Directions
        ? "How much of each planted subspace the answer found, by what matters for the outputs and less what chance finds."
        : "How close the answer's vectors come to the planted shares of θ*, less what the best multiple of θ* has; sign and scale count.";
}
