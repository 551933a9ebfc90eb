using System.Globalization;

namespace Harness.Reporting;

/// <summary>Round numbers for linear axes: multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class LinearTicks
{
    /// <summary>The range widened to multiples of the step that its own ticks have.</summary>
    internal static (double Low, double High) Widened(double low, double high, int target)
    {
        var step = Step(low, high, target);
        return (Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step);
    }

    /// <summary>About <paramref name="target"/> multiples, and at least two, within a range that is not empty.</summary>
    internal static IReadOnlyList<Tick> Within(double low, double high, int target)
    {
        // The step of a widened range can be the next larger one, of which only one multiple may lie inside.
        for (; ; target++)
            if (Multiples(low, high, target) is { Count: >= 2 } ticks)
                return ticks;
    }

    private static List<Tick> Multiples(double low, double high, int target)
    {
        var step = Step(low, high, target);
        var exponent = (int)Math.Floor(Math.Log10(step) + 1e-9);
        var ticks = new List<Tick>();
        for (var k = Math.Ceiling(low / step - 1e-9); k <= Math.Floor(high / step + 1e-9); k++)
        {
            var value = k * step;
            ticks.Add(new Tick(value, Label(value, exponent, Math.Max(Math.Abs(low), Math.Abs(high)))));
        }
        return ticks;
    }

    private static double Step(double low, double high, int target)
    {
        var raw = (high / target) - (low / target);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * (raw / power is var ratio && ratio <= 1 + 1e-9 ? 1 : ratio <= 2 + 1e-9 ? 2 : ratio <= 5 + 1e-9 ? 5 : 10);
    }

    private static string Label(double value, int stepExponent, double largest)
    {
        if (Math.Abs(value) < Math.Pow(10, stepExponent) / 2)
            return "0";
        if (largest is >= 1e-3 and < 1e5)
            return NumberText.Signed(value.ToString("F" + Math.Clamp(-stepExponent, 0, 15), CultureInfo.InvariantCulture));
        var leading = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        return NumberText.Scientific(value, Math.Clamp(leading - stepExponent, 0, 15));
    }
}
