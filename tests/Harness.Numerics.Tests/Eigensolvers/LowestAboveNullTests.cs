using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>The least eigenvalues above zero.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 20, QuietOnSuccess = true)]
public class LowestAboveNullTests
{
    /// <summary>Kills: zeros or negative values among the answer, the largest instead of the lowest, a search that ends inside the null space.</summary>
    [Property]
    public void They_are_the_least_positive_ones(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec with { Dimension = Math.Min(spec.Dimension, 60) });
        var request = spec.Request with { End = SpectrumEnd.Smallest, ProofDimension = 60 };
        foreach (var inner in new IEigensolver[] { new DenseEigensolver(), new ThickRestartLanczos() })
        {
            var pairs = new LowestAboveNull(inner).Solve(planted.Operator, request);
            // The flat end of a graded spectrum may be beyond an iteration; it then says so.
            if (inner is ThickRestartLanczos && pairs.Completeness != Completeness.Proved)
                continue;
            double[] expected = [.. planted.Eigenvalues.Where(value => value > pairs.ZeroLevel).Order().Take(spec.Count).Reverse()];
            Assert.Equal(expected.Length, pairs.Count);
            Assert.All(expected.Zip(pairs.Values, pairs.ValueBounds), pair => Assert.InRange(pair.First - pair.Second, -pair.Third - planted.Rounding, pair.Third + planted.Rounding));
            Assert.Equal(expected.Length < spec.Count, pairs.Flags.HasFlag(EigenFlags.FewerThanRequested));
            Assert.False(pairs.Flags.HasFlag(EigenFlags.NumericallyZero));
            if (pairs.Count == 0)
                continue;
            Expect.None(EigenpairChecks.Orthonormal(pairs));
            Expect.None(EigenpairChecks.ClaimedResiduals(planted.Operator, pairs));
            Assert.Equal(Enumerable.Range(0, pairs.Count), pairs.Clusters.SelectMany(cluster => cluster.Members).Order());
        }
    }

    [Fact]
    public void It_starts_from_the_smallest()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => new LowestAboveNull(new DenseEigensolver()).Solve(new DenseOperator(eye(3, dtype: ScalarType.Float64)), new EigenRequest(1)));
        Assert.Equal("The lowest eigenvalues above the null space are sought from the smallest, not from the Largest. (Parameter 'request')", error.Message);
    }

    /// <summary>Kills: a noise above the tolerance that passes without a word, and one that is blamed where the tolerance is looser.</summary>
    [Theory]
    [InlineData(1e-9, true)]
    [InlineData(1e-2, false)]
    public void Noise_above_the_tolerance_is_flagged(double tolerance, bool isFlagged)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.WellSeparated, 30, 3, SpectrumEnd.Largest, true, 4));
        var pairs = new ThickRestartLanczos().Solve(new RoundedOperator(planted.Operator), new EigenRequest(3, Tolerance: tolerance));
        Assert.Equal(isFlagged, pairs.Flags.HasFlag(EigenFlags.NoiseAboveTolerance));
    }
}
