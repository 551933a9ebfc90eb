namespace Harness.Grading;

/// <summary>What is said of an answer: the checks that carry verdicts, and the axes that explain them.</summary>
public static class CheckCatalog
{
    /// <summary>All of them, those with verdicts first.</summary>
    public static IReadOnlyList<CheckDescription> All { get; } =
    [
        new(RecoveryValues.ValidCheck, CheckLevel.Must, "The answer can be graded: finite numbers, fitting shapes, at least one subnetwork, in time."),
        new(RecoveryValues.CheckName(RecoveryColumn.Directions), CheckLevel.Should, "How well the claimed subspaces match the planted ones; 1 is the truth, 0 is chance."),
        new(RecoveryValues.CheckName(RecoveryColumn.Components), CheckLevel.Should, "How well the claimed shares of θ* match the planted ones; 1 is the truth, 0 is the best multiple of θ*."),
        new(ControlValues.Check, CheckLevel.Should, "On a control, how much of the structure that is not there is claimed all the same; 0 is what a null claims, 1 the false plant."),
        .. AxisCatalog.All.Select(axis => new CheckDescription(axis.Check, null, axis.Summary)),
    ];
}
