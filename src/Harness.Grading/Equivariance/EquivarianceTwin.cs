using Harness.Decompositions;
using Harness.Numerics;

namespace Harness.Grading;

/// <summary>An equivalent question, or the reason why there is none.</summary>
/// <param name="Subject">What to ask about.</param>
/// <param name="Map">T between the parameters: the answer to this question is T times the answer to the first. Null: the same answer.</param>
/// <param name="Skipped">Why the rule does not apply; null when it does.</param>
public sealed record EquivarianceTwin(Subject? Subject, ILinearMap? Map = null, string? Skipped = null)
{
    /// <summary>No question, for a reason.</summary>
    public static EquivarianceTwin Skip(string reason) => new(null, null, reason);
}
