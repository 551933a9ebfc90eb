namespace Harness.Grading;

/// <summary>The checks that carry verdicts.</summary>
public static class CheckCatalog
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CheckDescription> All { get; } =
    [
        new(RecoveryValues.ValidCheck, CheckLevel.Must, "The answer can be graded: finite numbers, fitting shapes, at least one subnetwork, in time."),
        new(RecoveryValues.CheckName(RecoveryColumn.Directions), CheckLevel.Should, "How well the claimed subspaces match the planted ones; 1 is the truth, 0 is chance."),
        new(RecoveryValues.CheckName(RecoveryColumn.Components), CheckLevel.Should, "How well the claimed shares of θ* match the planted ones; 1 is the truth, 0 is the best multiple of θ*."),
    ];
}
