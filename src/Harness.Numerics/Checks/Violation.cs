using System.Globalization;

namespace Harness.Numerics;

/// <summary>A check that failed: what was measured against which limit.</summary>
/// <param name="Check">Name of the check, stable.</param>
/// <param name="Measured">The number measured; NaN if it could not be.</param>
/// <param name="Limit">The bound it broke.</param>
/// <param name="Detail">Where: which pair, which probe.</param>
public sealed record Violation(string Check, double Measured, double Limit, string Detail)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Check}: measured {Measured:g4}, limit {Limit:g4} ({Detail})");

    /// <summary>A violation unless <paramref name="measured"/> ≤ <paramref name="limit"/>; NaN always violates.</summary>
    internal static Violation? Unless(string check, double measured, double limit, string detail) =>
        measured <= limit ? null : new Violation(check, measured, limit, detail);
}
