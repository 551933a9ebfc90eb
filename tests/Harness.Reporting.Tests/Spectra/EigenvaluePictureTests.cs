using System.Xml.Linq;
using Harness.Numerics;
using TorchSharp;
using VerifyXunit;

namespace Harness.Reporting.Tests;

public class EigenvaluePictureTests
{
    /// <summary>Ranks 1 and 3 are one cluster, 2 stands alone, 4 is negative and not converged, 5 cannot be told from zero.</summary>
    private static Eigenpairs Pairs => new()
    {
        Values = [2, 1.5, 2, -0.5, 1e-15],
        Vectors = torch.eye(5, dtype: torch.float64),
        Residuals = [1e-9, 1e-12, 3e-9, 0.01, 1e-15],
        ResidualLimits = [2e-6, 1e-6, 2e-6, 5e-7, 1e-12],
        ValueBounds = [1e-9, 1e-14, 3e-9, 0.3, 1e-15],
        AngleBounds = [1e-8, 1e-12, 1e-8, null, null],
        Clusters = [new([0, 2], IsCut: false), new([1], IsCut: false), new([3], IsCut: false), new([4], IsCut: true)],
        Products = 42, Effort = CompletenessEffort.None, Completeness = Completeness.Probable, Noise = 1e-13, Norm = 2, Asymmetry = 1e-14,
        Flags = EigenFlags.NotConverged | EigenFlags.NumericallyZero,
    };

    [Fact]
    public Task Of_hard_pairs() => Verifier.Verify(EigenvaluePicture.Of(Pairs, "Hessian of a sample", AxisScale.Logarithmic), "svg");

    /// <summary>Kills: a picture that draws what failed like what holds, or shades a rank between two members of a cluster.</summary>
    [Fact]
    public void What_a_reader_must_know_is_in_the_picture()
    {
        var root = XDocument.Parse(EigenvaluePicture.Of(Pairs, "sample", AxisScale.Linear)).Root!;
        var texts = root.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.Contains("not converged", texts);
        Assert.Contains("cannot be told from 0 below", texts);
        Assert.Contains(texts, text => text.Contains("NotConverged, NumericallyZero.", StringComparison.Ordinal));
        var tooltips = root.Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value).ToList();
        Assert.Contains("not converged; rank 4; λ −0.5 [−0.8, −0.2]; λ = −0.5, certified ± 0.3", tooltips);
        Assert.Equal(2 * 2, tooltips.Count(text => text == "cluster 1, 3: only its subspace has a meaning"));
        Assert.Contains("cluster 5: only its subspace has a meaning, and more of it was not asked for", tooltips);
    }

    private static EigenValidity Validity => new(
        [
            new(ValidityOutcome.Left, 0.0123, 1e-12, 4.5, new(7, 40000)), new(ValidityOutcome.Held, 3.5, 1e-12, null, new(20000, 40000)),
            new(ValidityOutcome.Left, 0.5, 1e-12, 0.6, new(12, 40000)), new(ValidityOutcome.NeverHeld, 0, 2e-9, -3e5, new(1, 40000)),
            new(ValidityOutcome.ZeroEigenvalue, null, double.NaN, null, default),
        ],
        3.5, 200, null);

    [Fact]
    public Task Of_how_far_they_hold() => Verifier.Verify(EigenvaluePicture.Of(Pairs, "Hessian of a sample", AxisScale.Linear, Validity), "svg");

    /// <summary>Kills: a radius that was not found drawn like one, a pair at another's rank, gates of the wrong pair.</summary>
    [Fact]
    public void What_holds_and_what_never_did_are_told_apart()
    {
        var root = XDocument.Parse(EigenvaluePicture.Of(Pairs, "sample", AxisScale.Linear, Validity)).Root!;
        var tooltips = root.Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value).ToList();
        Assert.Contains(
            "valid to this step; rank 1; step along ±v 0.0123; beyond, the curvature is 4.50 λ; 7 of 40000 gates flipped by then", tooltips);
        Assert.Contains(
            "valid as far as was looked; rank 2; step along ±v 3.5; the curvature never left it; 20000 of 40000 gates flipped by then", tooltips);
        Assert.Contains(tooltips, text => text.StartsWith("NOT valid even here; rank 4; step along ±v 2·10⁻⁹; beyond, the curvature is −300000 λ", StringComparison.Ordinal));
        Assert.DoesNotContain(tooltips, text => text.Contains("rank 5; step", StringComparison.Ordinal));
        var texts = root.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.Contains(texts, text => text.Contains("1 of 5 eigenvalues have no radius", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_radii_there_is_no_third_chart()
    {
        var none = new EigenValidity(null, double.NaN, 0, "none");
        Assert.Equal(EigenvaluePicture.Of(Pairs, "sample", AxisScale.Linear), EigenvaluePicture.Of(Pairs, "sample", AxisScale.Linear, none));
    }

    /// <summary>Kills: an axis chosen by the least value alone, which numerical zeros and negative values decide.</summary>
    [Theory]
    [InlineData(false, 3.0, 2.0, 1.0)]
    [InlineData(true, 3.0, 2.0, 0.001)]
    [InlineData(false, 3.0, 2.0, 1e-16)]
    [InlineData(false, 3.0, 0.001, -1.0)]
    public void The_axis_is_logarithmic_where_values_span_a_wide_range(bool expected, params double[] values)
    {
        var pairs = Pairs;
        Assert.Equal(expected, EigenvaluePicture.SpansWideRange(new()
        {
            Values = values, Vectors = pairs.Vectors, Residuals = values, ResidualLimits = values, ValueBounds = values,
            AngleBounds = [null, null, null], Clusters = [], Products = 1, Effort = CompletenessEffort.None, Completeness = Completeness.Proved,
            Noise = 1e-14, Norm = 3, Asymmetry = 0, Flags = EigenFlags.None,
        }));
    }
}
