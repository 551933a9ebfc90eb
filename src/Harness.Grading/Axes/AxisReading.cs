namespace Harness.Grading;

/// <summary>What an axis says of an answer: a number, or the reason why there is none.</summary>
/// <param name="Value">The number; null when skipped.</param>
/// <param name="Skipped">Why it does not apply; null when it does.</param>
public sealed record AxisReading(double? Value, string? Skipped = null)
{
    /// <summary>A number.</summary>
    public static implicit operator AxisReading(double value) => new(value);

    /// <summary>No number, for a reason.</summary>
    public static AxisReading Skip(string reason) => new(null, reason);
}
