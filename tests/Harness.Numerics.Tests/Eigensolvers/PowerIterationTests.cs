using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>The comparison solver, whose answers the certificate must not let pass.</summary>
public class PowerIterationTests
{
    /// <summary>
    /// Three eigenvalues within 1 % of each other over a bulk: their sum of values settles long before the vectors have parted.
    /// Kills: a certificate that believes the iteration.
    /// </summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    public void On_a_cluster_its_vectors_are_wrong_and_the_certificate_says_so(double tolerance)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = NewDisposeScope();
            var planted = Clustered(seed);
            var request = new EigenRequest(3, SpectrumEnd.Magnitude, tolerance, (ulong)seed);
            var pairs = new PowerIteration().Solve(planted.Operator, request);
            Assert.True(LeastCosine(planted, pairs) < 0.99, "the problem is too easy");
            Assert.False(pairs.Converged);
            Assert.True(pairs.Flags.HasFlag(EigenFlags.NotConverged));
            Assert.Equal(Completeness.Incomplete, pairs.Completeness);
            Assert.Equal("convergence", EigenpairChecks.Converged(planted.Operator, pairs)?.Check);

            var certified = new ThickRestartLanczos().Solve(planted.Operator, request);
            Assert.True(certified.Converged && LeastCosine(planted, certified) > 1 - request.Tolerance);
        }
    }

    /// <summary>What it claims is true. Kills: bounds that lean on a gap, of which a solver that looked for no neighbours knows nothing.</summary>
    [Fact]
    public void What_it_returns_is_described_honestly()
    {
        using var scope = NewDisposeScope();
        var planted = Clustered(1);
        var request = new EigenRequest(5, SpectrumEnd.Magnitude, 1e-3, 1);
        var pairs = new PowerIteration().Solve(planted.Operator, request);
        Expect.None(EigenpairChecks.Shape(planted.Operator, request, pairs));
        Expect.None(EigenpairChecks.Orthonormal(pairs));
        Expect.None(EigenpairChecks.Order(request, pairs));
        Expect.None(EigenpairChecks.ClaimedResiduals(planted.Operator, pairs));
        Expect.None(EigenpairChecks.Spectrum(request, pairs, planted.Eigenvalues, planted.Rounding));
        Assert.All(pairs.AngleBounds, bound => Assert.Null(bound));
    }

    /// <summary>The certificate does not reject by name: an operator of rank one is found in two products, and passes.</summary>
    [Fact]
    public void A_right_answer_is_certified()
    {
        using var scope = NewDisposeScope();
        double[] values = [5, .. new double[29]];
        var planted = PlantedSpectrum.Create(values, Numerics.Subspaces.Random(30, 30, new RandomSource(2)).Basis());
        var pairs = new PowerIteration().Solve(planted.Operator, new EigenRequest(1, SpectrumEnd.Magnitude));
        Assert.True(pairs.Converged, $"{pairs.Flags}, residual {pairs.Residuals[0]:g3}");
        Assert.Equal(5, pairs.Values[0], planted.Rounding + pairs.ValueBounds[0]);
    }

    [Fact]
    public void Iterations_that_run_out_are_flagged_and_other_ends_refused()
    {
        using var scope = NewDisposeScope();
        var planted = Clustered(0);
        var pairs = new PowerIteration().Solve(planted.Operator, new EigenRequest(2, SpectrumEnd.Magnitude, 1e-14) { MaxProducts = 20 });
        Assert.True(pairs.Flags.HasFlag(EigenFlags.BudgetSpent));
        Assert.Contains("by magnitude", Assert.Throws<ArgumentException>(() => new PowerIteration().Solve(planted.Operator, new EigenRequest(2))).Message);
    }

    private static PlantedSpectrum Clustered(int seed)
    {
        var random = new RandomSource((ulong)seed, 91);
        double[] values = [10, 9.95, 9.9, .. Enumerable.Range(0, 57).Select(_ => random.NextDouble(-1, 1))];
        return PlantedSpectrum.Create(values, Numerics.Subspaces.Random(60, 60, random).Basis());
    }

    /// <summary>The least |cos| between the first three vectors and their planted ones.</summary>
    private static double LeastCosine(PlantedSpectrum planted, Eigenpairs pairs) =>
        Expect.Numbers((pairs.Vectors * planted.Eigenvectors.narrow(0, 0, 3)).sum(1)).Min(Math.Abs);
}
