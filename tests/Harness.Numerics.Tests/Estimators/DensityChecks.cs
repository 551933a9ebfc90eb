namespace Harness.Numerics.Tests;

/// <summary>
/// What an estimated density of a planted spectrum must satisfy. Statistical limits are ten standard deviations of the estimator in theory, not those it
/// reports; a sum of a dozen squared Gaussians, its heaviest tail, passes them with a chance of 1e-8.
/// </summary>
internal static class DensityChecks
{
    private const double Sigmas = 10;

    /// <summary>Share of the peak by which quadrature and margin may be wrong together; see <see cref="DensityRequest.RelativeWidth"/>.</summary>
    private const double Smoothing = Tolerances.DensitySmoothing;

    internal static Violation? All(PlantedSpectrum planted, SpectralDensity density) =>
        Mass(density) ?? Moments(planted, density) ?? Exact(planted, density) ?? Copies(planted, density);

    /// <summary>Every probe has mass 1, and so has the curve.</summary>
    internal static Violation? Mass(SpectralDensity density)
    {
        var weights = density.Quadratures.Max(quadrature => Math.Abs(quadrature.Weights.Sum() - 1));
        var spacing = (density.Grid[^1] - density.Grid[0]) / (density.Grid.Length - 1);
        return Violation("mass of a probe", weights, Tolerances.SameOutputs)
            ?? Violation("mass", Math.Abs(density.Density.Sum() * spacing - 1), Tolerances.DensityMass);
    }

    /// <summary>Mean and mean square are tr A/n and ‖A‖_F²/n.</summary>
    internal static Violation? Moments(PlantedSpectrum planted, SpectralDensity density)
    {
        var rounding = planted.Rounding;
        return Violation("mean", Math.Abs(density.Mean.Value - Mean(planted, x => x)), Sigmas * Deviation(planted, density, x => x) + rounding)
            ?? Violation(
                "mean square", Math.Abs(density.MeanSquare.Value - Mean(planted, x => x * x)),
                Sigmas * Deviation(planted, density, x => x * x) + 4 * rounding * planted.Norm);
    }

    /// <summary>The curve is the exact spectrum, smoothed alike.</summary>
    internal static Violation? Exact(PlantedSpectrum planted, SpectralDensity density)
    {
        for (var i = 0; i < density.Grid.Length; i++)
        {
            double Kernel(double value) => Math.Exp(-Math.Pow((density.Grid[i] - value) / density.Width, 2) / 2) / (density.Width * Math.Sqrt(2 * Math.PI));
            var difference = Math.Abs(density.Density[i] - Mean(planted, Kernel));
            if (Violation("density", difference, Sigmas * Deviation(planted, density, Kernel) + Smoothing / density.Width) is { } violation)
                return violation with { Detail = $"at x = {density.Grid[i]:g6}" };
        }
        return null;
    }

    /// <summary>
    /// No probe has more nodes at the largest eigenvalue than that has copies: one in exact arithmetic, while rounding may bring in the others.
    /// </summary>
    internal static Violation? Copies(PlantedSpectrum planted, SpectralDensity density)
    {
        var top = planted.Eigenvalues.Max();
        bool IsTop(double value) => Math.Abs(value - top) < Tolerances.SameNode * planted.Norm;
        return Violation("copies", density.Quadratures.Max(quadrature => quadrature.Nodes.Count(IsTop)), planted.Eigenvalues.Count(IsTop));
    }

    /// <summary>
    /// Over many seeds the squared errors of the mean, in units of the reported standard error, average to about 1: (p − 1)/(p − 3) for Student's t with p
    /// probes.
    /// </summary>
    internal static Violation? Calibration(IEnumerable<(double Error, double StandardError)> estimates)
    {
        var average = estimates.Average(estimate => Math.Pow(estimate.Error / estimate.StandardError, 2));
        return average is >= 0.5 and <= 2.6 ? null : new Violation("calibration", average, 1, "mean squared error over reported variance");
    }

    /// <summary>
    /// Over N independent estimates the errors in units of their reported standard errors add up to a sum of variance N (p − 1)/(p − 3), Student's again:
    /// five deviations, at ten probes or more. A bias of one standard error shows from N = 32 on.
    /// </summary>
    internal static Violation? Bias(IEnumerable<(double Error, double StandardError)> estimates)
    {
        double[] scores = [.. estimates.Select(estimate => estimate.Error / estimate.StandardError)];
        return Violation("bias", Math.Abs(scores.Sum()) / Math.Sqrt(scores.Length), 5 * Math.Sqrt(9.0 / 7));
    }

    /// <summary>Neither biased nor with error bars that are too long or too short.</summary>
    internal static Violation? Honest(IReadOnlyCollection<(double Error, double StandardError)> estimates) => Bias(estimates) ?? Calibration(estimates);

    private static double Mean(PlantedSpectrum planted, Func<double, double> function) => planted.Eigenvalues.Average(function);

    /// <summary>Of the mean over probes of vᵀf(A)v, v uniform on the sphere: variance 2/(n + 2)·(mean f² − (mean f)²) each.</summary>
    private static double Deviation(PlantedSpectrum planted, SpectralDensity density, Func<double, double> function)
    {
        var mean = Mean(planted, function);
        var variance = Mean(planted, x => Math.Pow(function(x) - mean, 2));
        return Math.Sqrt(2 * variance / (planted.Eigenvalues.Length + 2) / density.Quadratures.Count);
    }

    private static Violation? Violation(string check, double measured, double limit) =>
        measured <= limit ? null : new Violation(check, measured, limit, "spectral density");
}
