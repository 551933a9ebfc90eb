using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>The search for the validity radius of one eigenpair.</summary>
/// <param name="function">The function; counts nothing itself.</param>
/// <param name="value">λ, not zero.</param>
/// <param name="vector">v, <c>[n]</c>, unit length.</param>
internal sealed class ValidityScan(ILocalFunction function, double value, Tensor vector)
{
    /// <summary>The grid starts at this share of the reach: a shorter radius is of no use to a step, unless it must be known why there is none.</summary>
    private const double FirstShare = 1.0 / (1 << 20);

    /// <summary>
    /// Where rounding is measured, as shares of the reach: so close that anything but rounding moves the slope linearly. Where it does not, closer still.
    /// </summary>
    private static readonly double[] s_noiseShares = [Math.ScaleB(1, -30), Math.ScaleB(1, -38), Math.ScaleB(1, -46)];

    private readonly double _reach = function.Reach;

    /// <summary>Slopes computed, one gradient each.</summary>
    internal long Gradients { get; private set; }

    internal ValidityRadius Find()
    {
        var least = LeastStep();
        // NaN or infinite where the function is.
        if (!(least < _reach))
            return new ValidityRadius(ValidityOutcome.Unmeasurable, null, least, null, default);
        var step = Math.Max(least, FirstShare * _reach);
        var (held, failed, beyond) = Holds(step, out var ratio) ? Outwards(step) : Inwards(step, least, ratio);
        while (held > 0 && failed / held > Tolerances.ValidityResolution)
        {
            var middle = Math.Sqrt(held * failed);
            (held, failed) = Holds(middle, out _) ? (middle, failed) : (held, middle);
        }
        var outcome = held == 0 ? ValidityOutcome.NeverHeld : beyond is null ? ValidityOutcome.Held : ValidityOutcome.Left;
        return new ValidityRadius(outcome, held, least, beyond, function.Flips(vector, held == 0 ? failed : held));
    }

    /// <summary>The last step that holds and the first that fails, from a step that holds; failed = 0 and no ratio if none does up to the reach.</summary>
    private (double Held, double Failed, double? Beyond) Outwards(double held)
    {
        while (held < _reach)
        {
            var next = Math.Min(2 * held, _reach);
            if (!Holds(next, out var ratio))
                return (held, next, ratio);
            held = next;
        }
        return (held, 0, null);
    }

    /// <summary>The same from a step that fails; held = 0 if none holds down to the least.</summary>
    private (double Held, double Failed, double? Beyond) Inwards(double failed, double least, double beyond)
    {
        while (failed / 2 >= least)
        {
            if (Holds(failed / 2, out var ratio))
                return (failed / 2, failed, beyond);
            (failed, beyond) = (failed / 2, ratio);
        }
        return (0, failed, beyond);
    }

    private bool Holds(double step, out double ratio)
    {
        ratio = (Slope(step) - Slope(-step)) / (2 * step) / value;
        return ratio is <= Tolerances.ValidityFactor and >= 1 / Tolerances.ValidityFactor;
    }

    /// <summary>The shortest step at which the errors of two slopes leave the curvature measurable.</summary>
    private double LeastStep()
    {
        var least = double.PositiveInfinity;
        foreach (var share in s_noiseShares)
        {
            least = Math.Min(least, Noise(share * _reach) / (Tolerances.ValidityNoise * Math.Abs(value)));
            if (least <= FirstShare * _reach)
                break;
        }
        return least;
    }

    /// <summary>
    /// Error of a slope. Rounding θ + tv to doubles moves the point by up to u‖θ‖, and so the slope by λ times that; rounding the slope itself by u of it;
    /// the arithmetic between is measured, by the second difference of three slopes on either side of the origin. Not across it: a kink parked on the
    /// origin is no noise.
    /// </summary>
    private double Noise(double distance)
    {
        var (measured, largest) = (0.0, 0.0);
        foreach (var step in new[] { distance, -distance })
        {
            var (near, middle, far) = (Slope(step), Slope(1.5 * step), Slope(2 * step));
            measured = Math.Max(measured, Math.Abs(near - 2 * middle + far));
            largest = Math.Max(largest, Math.Max(Math.Abs(near), Math.Abs(far)));
        }
        return measured + Tolerances.UnitRoundoff64 * (Math.Abs(value) * _reach + largest);
    }

    private double Slope(double step)
    {
        Gradients++;
        return function.Slope(vector, step);
    }
}
