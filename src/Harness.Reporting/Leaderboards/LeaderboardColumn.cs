using Harness.Grading;

namespace Harness.Reporting;

/// <summary>One check over all methods and models. Checks are never merged.</summary>
/// <param name="Check">Which one: a column of recovery, or what is claimed on controls.</param>
/// <param name="Rows">Oracles, then methods (the best first), baselines, controls and nulls.</param>
public sealed record LeaderboardColumn(string Check, IReadOnlyList<LeaderboardRow> Rows)
{
    /// <summary>The checks that have a column, in order.</summary>
    public static IReadOnlyList<string> Checks { get; } = [.. Enum.GetValues<RecoveryColumn>().Select(RecoveryValues.CheckName), ControlValues.Check];

    /// <summary>A heading.</summary>
    public string Title => Check == ControlValues.Check ? "Structure claimed on controls" : $"Recovery of {Name}";

    /// <summary>A word for a line of text, e.g. <c>directions</c>.</summary>
    public string Name => Check == ControlValues.Check ? "controls" : Check[(Check.IndexOf('.') + 1)..];

    /// <summary>What the numbers mean, in a sentence.</summary>
    public string Meaning => Check switch
    {
        ControlValues.Check => "Nothing is planted there. 0 is what a null claims, 1 the plant of the model that it imitates; here less is better, and ✓ stays below the bar.",
        _ when Name == "directions" => "How much of each planted subspace the answer found, by what matters for the outputs and less what chance finds.",
        _ => "How close the answer's vectors come to the planted shares of θ*, less what the best multiple of θ* has; sign and scale count.",
    };
}
