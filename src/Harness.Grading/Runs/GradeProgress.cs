namespace Harness.Grading;

/// <summary>Where a run stands.</summary>
/// <param name="Finished">Cases done, those skipped on resuming included.</param>
/// <param name="Total">Cases in the plan.</param>
/// <param name="Current">The case that begins now; null: the run is over.</param>
/// <param name="Last">The case that was just finished; null at the beginning and for a case skipped on resuming.</param>
public sealed record GradeProgress(int Finished, int Total, CaseKey? Current, CaseLine? Last);
