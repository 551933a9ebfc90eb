using System.Xml.Linq;
using Harness.Numerics;
using VerifyXunit;

namespace Harness.Reporting.Tests;

public class DensityPictureTests
{
    /// <summary>A peak with an error as large as itself, a gap, and a lone eigenvalue.</summary>
    private static SpectralDensity Density => new()
    {
        Grid = [0, 0.5, 1, 1.5, 2, 2.5, 3],
        Density = [0.1, 1, 0.2, 1e-12, 1e-30, 0.01, 1e-5],
        StandardErrors = [0.02, 0.1, 0.1, 1e-12, 1e-30, 0.02, 1e-6],
        Width = 0.2, Quadratures = [], Mean = new(0.7, 0.02), MeanSquare = new(0.9, 0.1), Products = 800,
    };

    [Fact]
    public Task Of_a_peak_a_gap_and_an_outlier() => Verifier.Verify(DensityPicture.Of(Density, "Density of a sample", AxisScale.Logarithmic), "svg");

    /// <summary>
    /// Kills: a band of one standard error that is called two; a band below zero; tails that are cut out, so that a line leaps over the gap.
    /// </summary>
    [Theory]
    [InlineData(AxisScale.Linear, "density 10⁻³⁰", "[0, 0.05]")]
    [InlineData(AxisScale.Logarithmic, "density 10⁻⁷", "[10⁻⁷, 0.05]")]
    public void The_band_is_two_standard_errors_and_the_gap_is_low(AxisScale scale, string gap, string band)
    {
        var root = XDocument.Parse(DensityPicture.Of(Density, "sample", scale)).Root!;
        var tooltips = root.Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value).ToList();
        Assert.Equal(7, tooltips.Count);
        Assert.Contains("[0.8, 1.2]", tooltips[1], StringComparison.Ordinal);
        Assert.Contains(gap, tooltips[4], StringComparison.Ordinal);
        Assert.Contains(band, tooltips[5], StringComparison.Ordinal);
    }
}
