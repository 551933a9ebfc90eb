namespace Harness.Numerics;

/// <summary>
/// A line search: finds a length a &gt; 0 at which φ has fallen enough, <c>φ(a) ≤ φ(0) + c₁·a·φ′(0)</c>, and its slope has flattened,
/// <c>|φ′(a)| ≤ c₂·|φ′(0)|</c>, with c₁ = 1e-4 and c₂ = 0.9. First a bracket is grown, then it is narrowed by cubic interpolation.
/// </summary>
/// <remarks>
/// J. Nocedal, S. Wright, "Numerical Optimization", algorithms 3.5 and 3.6. Near a minimum φ(a) − φ(0) drowns in roundoff long before the slopes do; there
/// the fall is judged by slopes, <c>φ′(a) ≤ (2c₁ − 1)·φ′(0)</c> (W. Hager, H. Zhang 2005, the approximate Wolfe condition).
/// </remarks>
internal static class StrongWolfe
{
    internal const double Decrease = 1e-4;
    internal const double Curvature = 0.9;

    private const int MostTrials = 40;
    private const double Growth = 2.5;

    /// <summary>Values of φ closer than this, relative to their size, are not told apart: a sum of some thousand terms, each rounded.</summary>
    private const double ValueNoise = 64 * Tolerances.UnitRoundoff64;

    /// <summary>The length, which is also the last one evaluated; null where none was found.</summary>
    /// <param name="along">φ(a) and φ′(a).</param>
    /// <param name="value">φ(0).</param>
    /// <param name="slope">φ′(0); must be negative.</param>
    /// <param name="first">The first length to try, positive.</param>
    internal static double? Search(Func<double, (double Value, double Slope)> along, double value, double slope, double first)
    {
        if (!(slope < 0))
            return null;
        var origin = new Trial(0, value, slope);
        bool Falls(Trial trial) => trial.Value <= value + Decrease * trial.Length * slope
            || (Math.Abs(trial.Value - value) <= ValueNoise * Math.Abs(value) && trial.Slope <= (2 * Decrease - 1) * slope);

        var (low, length) = (origin, first);
        Trial? high = null;
        for (var trials = 0; trials < MostTrials; trials++)
        {
            var trial = At(along, length);
            if (!Falls(trial) || (trial.Value > low.Value && !Near(trial.Value, low.Value, value)))
                high = trial;
            else if (Math.Abs(trial.Slope) <= Curvature * -slope)
                return length;
            else
            {
                // The minimum lies between the better end and whichever end the slope there points to.
                if (high is null ? trial.Slope >= 0 : trial.Slope * (high.Value.Length - low.Length) >= 0)
                    high = low;
                low = trial;
            }
            length = high is { } end ? Between(low, end) : length * Growth;
            if (high is { } far && Math.Abs(far.Length - low.Length) <= Tolerances.UnitRoundoff64 * Math.Max(far.Length, low.Length))
                return null;
        }
        return null;
    }

    private static bool Near(double left, double right, double scale) => Math.Abs(left - right) <= ValueNoise * Math.Abs(scale);

    private static Trial At(Func<double, (double Value, double Slope)> along, double length)
    {
        var (value, slope) = along(length);
        return double.IsFinite(value) && double.IsFinite(slope) ? new(length, value, slope) : new(length, double.PositiveInfinity, double.NaN);
    }

    /// <summary>The minimiser of the cubic through both ends, kept a tenth of the bracket away from them; the middle where there is no cubic.</summary>
    private static double Between(Trial low, Trial high)
    {
        var width = high.Length - low.Length;
        var chord = (high.Value - low.Value) / width;
        var bend = low.Slope + high.Slope - 3 * chord;
        var root = Math.Sqrt(bend * bend - low.Slope * high.Slope) * Math.Sign(width);
        var share = 1 - (high.Slope + root - bend) / (high.Slope - low.Slope + 2 * root);
        return low.Length + width * (double.IsFinite(share) ? Math.Clamp(share, 0.1, 0.9) : 0.5);
    }

    private readonly record struct Trial(double Length, double Value, double Slope);
}
