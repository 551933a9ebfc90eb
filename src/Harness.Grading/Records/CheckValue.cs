namespace Harness.Grading;

/// <summary>One number of a case. Null members do not apply.</summary>
/// <param name="Check">Its stable name, e.g. <c>recovery.directions</c>.</param>
public sealed record CheckValue(string Check)
{
    /// <summary>How binding it is; null for a number that is only reported.</summary>
    public CheckLevel? Level { get; init; }

    /// <summary>The number.</summary>
    public double? Value { get; init; }

    /// <summary>What it is held against.</summary>
    public double? Bar { get; init; }

    /// <summary>Which way it is better.</summary>
    public CheckDirection? Direction { get; init; }

    /// <summary>What an uninformed answer reaches.</summary>
    public double? Null { get; init; }

    /// <summary>What the truth reaches.</summary>
    public double? Oracle { get; init; }

    /// <summary>For a score: <c>(value − null)/(oracle − null)</c>. For a residual: against its scale.</summary>
    public double? Ratio { get; init; }

    /// <summary>Digits of agreement with a reference.</summary>
    public double? Digits { get; init; }

    /// <summary>The member of <c>Tolerances</c> by which it may differ between runs.</summary>
    public string? Tolerance { get; init; }

    /// <summary>The verdict; null where none is given (oracles, controls, nulls, and numbers that are only reported).</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Why it was skipped, refused or errored; or a remark.</summary>
    public string? Reason { get; init; }
}
