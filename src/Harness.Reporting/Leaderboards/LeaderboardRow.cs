using Harness.Grading;

namespace Harness.Reporting;

/// <summary>One method in one column.</summary>
/// <param name="Name">Its selector, without the scheme of built-in ones.</param>
/// <param name="Role">Why it stands here.</param>
/// <param name="Cells">One for each model of the leaderboard.</param>
public sealed record LeaderboardRow(string Name, MethodRole Role, IReadOnlyList<LeaderboardCell> Cells);
