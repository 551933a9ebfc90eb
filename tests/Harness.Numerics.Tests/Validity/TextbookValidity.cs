using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Validity;

/// <summary>The definition written down in the plainest way, without a thought for rounding, and with a flaw if asked for.</summary>
internal static class TextbookValidity
{
    private const double Growth = 1.02;

    internal static ValidityRadius Of(ISymmetricOperator op, ValidityFlaw flaw)
    {
        using var scope = NewDisposeScope();
        var pairs = new DenseEigensolver().Solve(op, new EigenRequest(1, SpectrumEnd.Magnitude));
        var (function, value) = (op.Function!, pairs.Values[0]);
        var vector = pairs.Vectors[0] * (flaw == ValidityFlaw.StepNotNormalised ? 2 : 1);
        var length = vector.norm().ToDouble();
        var (radius, hasFailed) = (0.0, false);
        for (var step = 1e-6 * function.Reach; step <= function.Reach * Growth; step *= Growth)
        {
            if (Holds(step))
                radius = hasFailed && flaw != ValidityFlaw.LastThatHolds ? radius : Math.Min(step, function.Reach);
            else
                hasFailed = true;
        }
        var outcome = radius == 0 ? ValidityOutcome.NeverHeld : hasFailed ? ValidityOutcome.Left : ValidityOutcome.Held;
        return new ValidityRadius(outcome, radius, 0, null, function.Flips(vector, radius));

        bool Holds(double step)
        {
            var (there, back) = (function.Slope(vector, step), function.Slope(vector, flaw == ValidityFlaw.OneSided ? 0 : -step));
            var curvature = (there - back) / (flaw == ValidityFlaw.OneSided ? step : 2 * step) / (length * length);
            var ratio = flaw == ValidityFlaw.AbsoluteDeviation ? 1 + curvature - value : curvature / value;
            return (ratio <= 1.5 || flaw == ValidityFlaw.BelowOnly) && (ratio >= 1 / 1.5 || flaw == ValidityFlaw.AboveOnly);
        }
    }
}
