using Harness.Grading;

namespace Harness.Cli;

/// <summary>One method at several k or q.</summary>
/// <param name="Name">The method.</param>
/// <param name="Counts">k or q, ascending.</param>
/// <param name="Grades">How it did with each.</param>
internal sealed record SteerSweep(string Name, IReadOnlyList<int> Counts, IReadOnlyList<SteeringGrade> Grades);
