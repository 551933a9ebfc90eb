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
        new(StabilityValues.CheckName(RecoveryValues.CheckName(RecoveryColumn.Directions)), CheckLevel.Stochastic, "Share of seeds at which the check passes, judged by its Wilson 95 % interval; with --seeds."),
        new(StabilityValues.CheckName(RecoveryValues.CheckName(RecoveryColumn.Components)), CheckLevel.Stochastic, "The same for components."),
        new(StabilityValues.CheckName(ControlValues.Check), CheckLevel.Stochastic, "The same for what is claimed on a control."),
        new($"{StabilityValues.Prefix}directions", null, "Mean matched absolute cosine between the directions of two seeds; 1 is the same answer, which need not be right."),
        new($"{StabilityValues.Prefix}components", null, "The same between components."),
        .. EquivarianceRules.All.Select(rule => new CheckDescription(rule.Check, rule.IsRequired ? CheckLevel.Must : null, rule.Summary)),
        .. AxisCatalog.All.Select(axis => new CheckDescription(axis.Check, null, axis.Summary)),
    ];
}
