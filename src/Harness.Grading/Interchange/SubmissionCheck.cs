namespace Harness.Grading;

/// <summary>What a folder that is in order holds.</summary>
/// <param name="Cases">Number of cases, each with an answer.</param>
/// <param name="Subnetworks">Number of submitted subnetworks over all cases.</param>
public sealed record SubmissionCheck(int Cases, int Subnetworks)
{
    /// <summary>The line that <c>harness check-submission</c> prints.</summary>
    public override string ToString() => $"ready to grade: {Cases} cases, {Subnetworks} subnetworks";
}
