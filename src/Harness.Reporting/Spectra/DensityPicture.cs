using System.Globalization;
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
            [.. Ends(density), new LineSeries("density ± 2 standard errors", [.. Enumerable.Range(0, density.Grid.Length).Select(Point)])])
        {
            Subtitle = $"{density.Quadratures.Count} probes, {density.Products} products. Mean eigenvalue {Text(density.Mean)}, mean square "
                + $"{Text(density.MeanSquare)}.",
            Notes =
            [
                $"Smoothed by a Gaussian kernel of standard deviation {NumberText.Short(density.Width)}: what is closer is not resolved.",
                "Curve beyond the least and the greatest value seen is the kernel's. The standard errors are the spread between the probes.",
                .. end,
            ],
        });
    }

    /// <summary>Where the spectrum ends; the curve goes on by the width of the kernel, which would look like eigenvalues that do not exist.</summary>
    private static IEnumerable<ReferenceLine> Ends(SpectralDensity density) => density.Quadratures.Count == 0
        ? []
        :
        [
            new("least and greatest value seen", density.Quadratures.Min(quadrature => quadrature.Nodes[0]), IsVertical: true),
            new("", density.Quadratures.Max(quadrature => quadrature.Nodes[^1]), IsVertical: true),
        ];

    /// <summary>The value to two digits of its error.</summary>
    private static string Text(EstimatedValue estimate)
    {
        var decimals = estimate.StandardError > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(estimate.StandardError)), 0, 15) : 6;
        var value = Math.Abs(estimate.Value) is >= 1e-3 and < 1e6
            ? NumberText.Signed(Math.Round(estimate.Value, decimals).ToString(CultureInfo.InvariantCulture))
            : NumberText.Short(estimate.Value);
        return $"{value} ± {NumberText.Brief(estimate.StandardError)}";
    }
}
