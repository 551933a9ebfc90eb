using System.Globalization;

namespace Harness.Reporting;

/// <summary>
/// Round numbers for logarithmic axes: powers of ten; with 2 and 5 between them where the range is short; those of a linear axis where it is shorter.
/// </summary>
internal static class LogarithmicTicks
{
    private static readonly int[] s_strides = [1, 2, 3, 5, 10, 20, 50, 100, 200];

    private static readonly double[] s_between = [1, 2, 5];

    /// <summary>The range widened to numbers that bear ticks.</summary>
    internal static (double Low, double High) Widened(double low, double high, int target)
    {
        var (first, last) = (Math.Log10(low), Math.Log10(high));
        if (IsShort(first, last) && LinearTicks.Widened(low, high, target) is { Low: > 0 } widened)
            return widened;
        if (last - first >= 3)
            return (Math.Pow(10, Math.Max(-300, Math.Floor(first + 1e-9))), Math.Pow(10, Math.Min(300, Math.Ceiling(last - 1e-9))));
        var candidates = Between(first, last).ToList();
        return (
            candidates.LastOrDefault(value => value <= low * (1 + 1e-9), low),
            candidates.FirstOrDefault(value => value >= high * (1 - 1e-9), high));
    }

    /// <summary>At least two ticks within a range that is not empty.</summary>
    internal static IReadOnlyList<Tick> Within(double low, double high, int target)
    {
        var (first, last) = (Math.Log10(low), Math.Log10(high));
        if (last - first < 3)
        {
            var between = Between(first, last).Where(value => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)).ToList();
            return IsShort(first, last) || between.Count < 2
                ? LinearTicks.Within(low, high, target)
                : [.. between.Select(value => new Tick(value, Label(value, low, high)))];
        }
        var powers = s_strides.Select(stride => Powers(first, last, stride)).TakeWhile(exponents => exponents.Count >= 2).ToList();
        var chosen = powers.Find(exponents => exponents.Count <= target + 1) ?? powers[^1];
        return [.. chosen.Select(exponent => Math.Pow(10, exponent)).Select(value => new Tick(value, Label(value, low, high)))];
    }

    private static List<int> Powers(double first, double last, int stride) =>
        [.. Enumerable.Range(-300, 601).Where(exponent => exponent % stride == 0 && exponent >= first - 1e-9 && exponent <= last + 1e-9)];

    private static bool IsShort(double first, double last) => last - first < 0.7;

    private static IEnumerable<double> Between(double first, double last) =>
        from exponent in Enumerable.Range((int)Math.Floor(first), (int)(Math.Ceiling(last) - Math.Floor(first)) + 1)
        from factor in s_between
        select factor * Math.Pow(10, exponent);

    private static string Label(double value, double low, double high) => low >= 1e-3 * (1 - 1e-9) && high < 1.1e5
        ? value.ToString("0.###", CultureInfo.InvariantCulture)
        : NumberText.Scientific(value, 0);
}
