namespace Harness.Grading;

/// <summary>The values of a line over seeds.</summary>
public static class StabilityValues
{
    /// <summary>
    /// The share of seeds that must pass: ½, half-way between a null, which passes at none, and the oracle, which passes at all. Four seeds that all pass
    /// are enough to say so.
    /// </summary>
    public const double Bar = Grading.Bar.Share;

    /// <summary>What the checks' names begin with; <c>stability.directions</c> and <c>stability.components</c> say how alike the answers are.</summary>
    public const string Prefix = "stability.";

    /// <summary>The check over seeds of a check with a bar, e.g. <c>stability.recovery.directions</c>.</summary>
    public static string CheckName(string check) => Prefix + check;
}
