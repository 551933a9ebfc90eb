using System.Globalization;

namespace Harness.Reporting;

/// <summary>The least and the largest of some scores.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The largest.</param>
public sealed record ScoreRange(double Low, double High)
{
    /// <summary>Half-way between the two.</summary>
    public double Middle => (Low + High) / 2;

    /// <summary>The range of some values; null where there are none. NaN makes both ends NaN.</summary>
    public static ScoreRange? Of(IEnumerable<double> values)
    {
        var list = values.ToList();
        return list.Count == 0 ? null : list.Exists(double.IsNaN) ? new ScoreRange(double.NaN, double.NaN) : new ScoreRange(list.Min(), list.Max());
    }

    /// <summary>Two digits; one number where both ends print alike.</summary>
    public override string ToString() => Print(Low) is var low && Print(High) is var high && low == high ? low : $"{low}–{high}";

    private static string Print(double value) => (Math.Abs(value) < 0.005 ? 0 : value).ToString("0.00", CultureInfo.InvariantCulture);
}
