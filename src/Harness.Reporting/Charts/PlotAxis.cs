namespace Harness.Reporting;

/// <summary>An axis with its range and its place: numbers to pixels.</summary>
internal sealed class PlotAxis
{
    /// <summary>Beyond it, sums and ratios of a range's ends are no numbers any more.</summary>
    private const double Most = 1e300;

    private const double LeastPositive = 1e-300;

    private PlotAxis(Axis axis, double low, double high, double start, double end) =>
        (Axis, Low, High, Start, End) = (axis, low, high, start, end);

    internal Axis Axis { get; }

    internal double Low { get; }

    internal double High { get; }

    /// <summary>The pixel of <see cref="Low"/>.</summary>
    internal double Start { get; }

    /// <summary>The pixel of <see cref="High"/>.</summary>
    internal double End { get; }

    private bool IsLogarithmic => Axis.Scale == AxisScale.Logarithmic && Axis.Categories is null;

    /// <summary>How many ticks fit; a label needs about 70 pixels across and 36 up.</summary>
    private int Target { get; init; } = 6;

    /// <summary>Fits an axis to data; null where none of the data have a place on it.</summary>
    internal static PlotAxis? Of(Axis axis, IEnumerable<double> data, bool needsZero, double start, double end, int target)
    {
        var none = new PlotAxis(axis, 0, 0, start, end) { Target = target };
        var placed = data.Where(value => none.Reason(value) is null).ToList();
        if (placed.Count == 0)
            return null;
        if (axis.Categories is { } categories)
            return none.With(-0.5, categories.Count - 0.5);
        if (needsZero && !none.IsLogarithmic)
            placed.Add(0);
        var (low, high) = none.Apart(axis.Minimum ?? placed.Min(), axis.Maximum ?? placed.Max());
        var widened = none.IsLogarithmic ? LogarithmicTicks.Widened(low, high, target) : LinearTicks.Widened(low, high, target);
        return none.With(axis.Minimum ?? widened.Low, axis.Maximum ?? widened.High);
    }

    /// <summary>The same axis with another range.</summary>
    internal PlotAxis With(double low, double high) => new(Axis, low, high, Start, End) { Target = Target };

    /// <summary>Ascending.</summary>
    internal IReadOnlyList<Tick> Ticks => Axis.Categories is { } names
        ? [.. names.Select((name, k) => new Tick(k, name))]
        : IsLogarithmic ? LogarithmicTicks.Within(Low, High, Target) : LinearTicks.Within(Low, High, Target);

    /// <summary>Why a number has no place on any range of this axis; null: it has one.</summary>
    internal Undrawn? Reason(double value) =>
        !(Math.Abs(value) <= Most) ? Undrawn.NotFinite : IsLogarithmic && value < LeastPositive ? Undrawn.NotPositive : null;

    /// <summary>Whether a number has a place within the range.</summary>
    internal bool Shows(double value)
    {
        // A tick at an end is some roundings away from it, which on a narrow range far from zero is more than a share of the range.
        var slack = 1e-9 * (IsLogarithmic ? Math.Abs(value) : High / 2 - Low / 2) + 1e-14 * Math.Abs(value);
        return Reason(value) is null && value >= Low - slack && value <= High + slack;
    }

    /// <summary>The pixel of a number that has a place.</summary>
    internal double At(double value) => Start + (End - Start) * (IsLogarithmic
        ? Math.Log(value / Low) / Math.Log(High / Low)
        : (value / 2 - Low / 2) / (High / 2 - Low / 2));

    /// <summary>The pixel of the nearest number that the axis shows.</summary>
    internal double Clamped(double value) => At(value > Low ? Math.Min(value, High) : Low);

    /// <summary>A number's name: its category, or itself with the unit.</summary>
    internal string Name(double value) => Axis.Categories is { } names && value >= 0 && value < names.Count
        ? names[(int)value]
        : NumberText.Short(value) + (Axis.Unit is null ? "" : " " + Axis.Unit);

    /// <summary>Two ends that differ: equal ones, or ones that rounding cannot tell apart, are moved.</summary>
    private (double Low, double High) Apart(double low, double high)
    {
        if (!(low <= high))
            throw new ArgumentException($"The axis '{Axis.Label}' runs from {low} to {high}; its minimum must be below its maximum.", nameof(low));
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high / 2 - low / 2 > 1e-9 * size && size > LeastPositive)
            return (low, high);
        return IsLogarithmic ? (low / 2, high * 2) : size > LeastPositive ? (low - size / 2, high + size / 2) : (-1, 1);
    }
}
