namespace Harness.Grading;

/// <summary>One column of recovery: a score, or the reason why there is none.</summary>
/// <param name="Column">Which one.</param>
/// <param name="Score">The score; null when skipped.</param>
/// <param name="Skipped">Why the column is skipped; null when scored.</param>
public sealed record ColumnGrade(RecoveryColumn Column, RecoveryScore? Score, string? Skipped);
