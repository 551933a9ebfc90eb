namespace Harness.Grading;

/// <summary>What a control adds to the values of a case.</summary>
public static class ControlValues
{
    /// <summary>The check: how much structure an answer claims where there is none. Lower is better.</summary>
    public const string Check = "control.structure";
}
