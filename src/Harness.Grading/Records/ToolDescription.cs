namespace Harness.Grading;

/// <summary>Which build of the harness ran.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Commit">Its commit, or null where unknown.</param>
/// <param name="Dirty">Whether the sources differed from the commit; null where unknown.</param>
public sealed record ToolDescription(string Version, string? Commit, bool? Dirty);
