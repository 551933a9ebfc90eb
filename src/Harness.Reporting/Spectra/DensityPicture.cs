using Harness.Numerics;

namespace Harness.Reporting;

/// <summary>
/// A spectral density as a picture, with a band of two standard errors. On a logarithmic axis a few large eigenvalues are as visible as the bulk.
/// </summary>
public static class DensityPicture
{
    /// <summary>Share of the peak at which a logarithmic axis ends: below are the kernel's tails, which go down for ever and say nothing.</summary>
    private const double LeastShare = 1e-7;

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="density">The estimate.</param>
    /// <param name="title">Of what, for example <c>Hessian of modular-addition on all</c>.</param>
    /// <param name="scale">Of the density's axis.</param>
    public static string Of(SpectralDensity density, string title, AxisScale scale)
    {
        ArgumentNullException.ThrowIfNull(density);
        ArgumentNullException.ThrowIfNull(title);
        var isLogarithmic = scale == AxisScale.Logarithmic;
        var floor = isLogarithmic ? LeastShare * density.Density.Max() : 0;
        string[] end = isLogarithmic ? [$"The axis ends at {NumberText.Power(-7)} of the peak; a line along it is at or below that."] : [];
        ChartPoint Point(int i)
        {
            var (height, error) = (density.Density[i], 2 * density.StandardErrors[i]);
            return new(density.Grid[i], Math.Max(floor, height), Math.Max(floor, height - error), Math.Max(floor, height + error));
        }
        return ChartSvg.Of(new Chart(
            title, new Axis("eigenvalue"), new Axis("density", "share of the eigenvalues per unit") { Scale = scale, Minimum = floor },
            [new LineSeries("density ± 2 standard errors", [.. Enumerable.Range(0, density.Grid.Length).Select(Point)])])
        {
            Subtitle = $"{density.Quadratures.Count} probes, {density.Products} products. Mean eigenvalue {Text(density.Mean)}, mean square "
                + $"{Text(density.MeanSquare)}.",
            Notes =
            [
                $"Smoothed by a Gaussian kernel of standard deviation {NumberText.Short(density.Width)}: what is closer is not resolved.",
                "The standard errors are the spread between the probes.",
                .. end,
            ],
        });
    }

    private static string Text(EstimatedValue estimate) => $"{NumberText.Short(estimate.Value)} ± {NumberText.Brief(estimate.StandardError)}";
}
