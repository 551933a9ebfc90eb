namespace Harness.Grading;

/// <summary>What an axis says of an answer: a number, or the reason why there is none.</summary>
/// <param name="Value">The number; null when skipped.</param>
/// <param name="Skipped">Why it does not apply; null when it does.</param>
public sealed record AxisReading(double? Value, string? Skipped = null)
{
    /// <summary>The number of each planted subnetwork, where the reading is their mean; null where it does not apply to one. Empty: it is no such mean.</summary>
    public IReadOnlyList<double?> Each { get; init; } = [];

    /// <summary>A number.</summary>
    public static implicit operator AxisReading(double value) => new(value);

    /// <summary>No number, for a reason.</summary>
    public static AxisReading Skip(string reason) => new(null, reason);

    /// <summary>The mean over the planted subnetworks to which it applies.</summary>
    /// <param name="each">One for each planted subnetwork.</param>
    /// <param name="reason">Why there is no number, where it applies to none.</param>
    public static AxisReading Mean(IReadOnlyList<double?> each, string reason)
    {
        var values = each.OfType<double>().ToList();
        return values.Count > 0 ? new AxisReading(values.Average()) { Each = each } : Skip(reason);
    }
}
