namespace Harness.Grading;

/// <summary>What the grader says of one answer.</summary>
/// <param name="Values">The numbers, with verdicts where there are any.</param>
/// <param name="Findings">Why they are what they are; see <see cref="Grading.Findings"/>.</param>
public sealed record CaseGrade(IReadOnlyList<CheckValue> Values, IReadOnlyList<string> Findings)
{
    /// <summary>The numbers of each planted subnetwork; empty where none is planted, or the answer is not a method's.</summary>
    public IReadOnlyList<PlantReading> Plants { get; init; } = [];
}
