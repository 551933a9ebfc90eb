using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>
/// Defects seen in public tools. Each faulty solver is rejected by the named check on every seed, on a spectrum where the defect shows; the project's
/// own solvers pass all checks on the same problems.
/// </summary>
public class EigensolverMutantTests
{
    private static readonly int[] s_seeds = [.. Enumerable.Range(0, 8)];

    /// <summary>The production's own power iteration, at the tolerance that is its usual default; see also <see cref="PowerIterationTests"/>.</summary>
    [Fact]
    public void Stopping_on_the_change_of_the_eigenvalue_is_rejected_by_residual()
    {
        foreach (var seed in s_seeds)
        {
            using var scope = NewDisposeScope();
            var planted = PlantedSpectrum.Create(Spec(SpectrumFamily.OutlierAndBulk, seed));
            var request = new EigenRequest(10, SpectrumEnd.Magnitude, Seed: (ulong)seed);
            var pairs = new PowerIteration().Solve(planted.Operator, request with { Tolerance = 1e-3 });
            Assert.Equal("residual", PairChecks.Mandatory(planted, request, pairs)?.Check);
            Assert.Equal("convergence", EigenpairChecks.Converged(planted.Operator, pairs)?.Check);
            Expect.None(PairChecks.Mandatory(planted, request, new ThickRestartLanczos().Solve(planted.Operator, request)));
        }
    }

    /// <summary>
    /// Ghost copies of converged eigenvalues come back as pairs of their own, and by the recurrence's residual each of them has converged. The check
    /// says what they are.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void Ghosts_of_an_iteration_without_reorthogonalisation_are_named_as_copies(int passesEnd)
    {
        foreach (var seed in s_seeds)
        {
            using var scope = NewDisposeScope();
            var spec = Spec(SpectrumFamily.OutlierAndBulk, seed) with { Dimension = 400, Count = 50 };
            var planted = PlantedSpectrum.Create(spec);
            var pairs = new TextbookLanczos { PassesEnd = passesEnd, Steps = 300 }.Solve(planted.Operator, spec.Request);
            var violation = PairChecks.Mandatory(planted, spec.Request, pairs);
            Assert.Equal("copies", violation?.Check);
            Assert.True(violation!.Measured >= 10, $"{violation}");
            var converged = Enumerable.Range(0, pairs.Count).Count(pairs.IsConverged);
            Assert.True(converged + violation.Measured > pairs.Count, $"{converged} of {pairs.Count} call themselves converged; {violation}");
        }
    }

    /// <summary>Where all eigenvalues are nearly equal, a product lies almost wholly in the basis already, and one pass leaves mostly its own roundings.</summary>
    [Fact]
    public void Gram_Schmidt_once_is_rejected_by_orthonormality()
    {
        foreach (var seed in s_seeds)
        {
            using var scope = NewDisposeScope();
            var random = new RandomSource((ulong)seed, 44);
            var basis = Numerics.Subspaces.Random(80, 80, random).Basis();
            var planted = PlantedSpectrum.Create([.. Enumerable.Range(0, 80).Select(i => 1 + 1e-7 * i)], basis);
            var request = new EigenRequest(10, Seed: (ulong)seed);
            var pairs = new TextbookLanczos { Passes = 1, Steps = 50 }.Solve(planted.Operator, request);
            Assert.NotNull(EigenpairChecks.Orthonormal(pairs));
            Assert.Contains(PairChecks.Mandatory(planted, request, pairs)?.Check, new[] { "orthonormality", "copies" });
            Expect.None(PairChecks.Mandatory(planted, request, new ThickRestartLanczos().Solve(planted.Operator, request)));
        }
    }

    /// <summary>Stopped when its pairs have converged, a single Krylov space has one copy of each; run on, rounding brings the others in by and by.</summary>
    [Fact]
    public void A_missed_multiplicity_is_rejected_by_spectrum()
    {
        foreach (var seed in s_seeds)
        {
            using var scope = NewDisposeScope();
            var spec = Spec(SpectrumFamily.Doubles, seed) with { Count = 2 };
            var planted = PlantedSpectrum.Create(spec);
            Assert.Equal("spectrum", PairChecks.Mandatory(planted, spec.Request, new TextbookLanczos { Steps = 14 }.Solve(planted.Operator, spec.Request))?.Check);
            Expect.None(PairChecks.Mandatory(planted, spec.Request, new ThickRestartLanczos().Solve(planted.Operator, spec.Request)));
        }
    }

    [Fact]
    public void A_value_and_a_vector_of_different_iterations_are_rejected_by_residual() =>
        Rejected(new TextbookLanczos { Steps = 60, VectorsLag = 40 }, SpectrumFamily.WellSeparated, "residual");

    [Fact]
    public void A_norm_with_an_epsilon_is_rejected_by_orthonormality() =>
        Rejected(new TextbookLanczos { NormEpsilon = 1e-6 }, SpectrumFamily.Graded, "orthonormality");

    [Fact]
    public void Columns_read_as_rows_are_rejected_by_residual() =>
        Rejected(new FaultyDense(FaultyDense.Fault.ColumnsAsRows), SpectrumFamily.WellSeparated, "residual");

    [Fact]
    public void Ascending_read_as_descending_is_rejected_by_order() =>
        Rejected(new FaultyDense(FaultyDense.Fault.AscendingAsDescending), SpectrumFamily.WellSeparated, "order");

    [Fact]
    public void Largest_magnitude_for_largest_is_rejected() =>
        Rejected(new FaultyDense(FaultyDense.Fault.MagnitudeForLargest), SpectrumFamily.Indefinite, "order", "spectrum");

    [Fact]
    public void The_faulty_solvers_without_their_faults_are_accepted()
    {
        Accepted(new FaultyDense(FaultyDense.Fault.None), SpectrumFamily.Indefinite);
        Accepted(new TextbookLanczos { Steps = 110 }, SpectrumFamily.Graded);
    }

    [Theory]
    [InlineData(SpectrumFamily.OutlierAndBulk)]
    [InlineData(SpectrumFamily.Doubles)]
    [InlineData(SpectrumFamily.WellSeparated)]
    [InlineData(SpectrumFamily.Indefinite)]
    [InlineData(SpectrumFamily.Graded)]
    public void The_solvers_of_the_project_are_accepted(SpectrumFamily family)
    {
        Accepted(new DenseEigensolver(), family);
        Accepted(new ThickRestartLanczos(), family);
    }

    /// <summary>A pair that comes twice and its neighbour not at all, and two vectors of different values turned into each other by a thousandth.</summary>
    [Fact]
    public void A_lost_pair_or_a_mixed_one_is_rejected_by_reconstruction()
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(Spec(SpectrumFamily.WellSeparated, 0) with { Dimension = 30 });
        var right = new DenseEigensolver().Solve(planted.Operator, new EigenRequest(30));
        var lost = right.Vectors.clone();
        lost[4].copy_(lost[3]);
        var mixed = right.Vectors.clone();
        mixed[0].add_(right.Vectors[1], alpha: 1e-3);
        mixed[1].sub_(right.Vectors[0], alpha: 1e-3);
        Expect.None(EigenpairChecks.Reconstruction(planted.Operator, right));
        foreach (var vectors in new[] { lost, mixed })
            Assert.Equal("reconstruction", EigenpairChecks.Reconstruction(planted.Operator, Claims.Of(planted.Operator, right.Values, vectors))?.Check);
    }

    /// <summary>Kills: a seed from the clock, a call counter, an uninitialised buffer.</summary>
    [Fact]
    public void An_answer_that_changes_from_call_to_call_is_rejected_by_its_bits()
    {
        using var scope = NewDisposeScope();
        var spec = Spec(SpectrumFamily.WellSeparated, 0);
        var planted = PlantedSpectrum.Create(spec);
        Assert.NotNull(EigenpairChecks.Deterministic(new FaultyDense(FaultyDense.Fault.UnstableSeed), planted.Operator, spec.Request));
        Expect.None(EigenpairChecks.Deterministic(new ThickRestartLanczos(), planted.Operator, spec.Request));
        Expect.None(EigenpairChecks.Deterministic(new DenseEigensolver(), planted.Operator, spec.Request));
    }

    /// <summary>In float32 the recurrence goes on to fall when the true residual has met the noise.</summary>
    [Fact]
    public void Residuals_from_the_recurrence_are_rejected_by_claimed_residual()
    {
        using var scope = NewDisposeScope();
        foreach (var seed in s_seeds)
        {
            var spec = Spec(SpectrumFamily.OutlierAndBulk, seed) with { Count = 3 };
            var rounded = new RoundedOperator(PlantedSpectrum.Create(spec).Operator);
            var violation = EigenpairChecks.ClaimedResiduals(rounded, new TextbookLanczos { Steps = 40 }.Solve(rounded, spec.Request));
            Assert.Equal("claimed residual", violation?.Check);
            var pairs = new ThickRestartLanczos().Solve(rounded, spec.Request);
            Expect.None(EigenpairChecks.ClaimedResiduals(rounded, pairs));
            Expect.None(EigenpairChecks.Converged(rounded, pairs));
        }
    }

    private static SpectrumSpec Spec(SpectrumFamily family, int seed) => new(family, 120, 10, SpectrumEnd.Largest, true, seed);

    private static void Rejected(IEigensolver solver, SpectrumFamily family, params string[] checks)
    {
        foreach (var seed in s_seeds)
        {
            using var scope = NewDisposeScope();
            var spec = Spec(family, seed);
            var planted = PlantedSpectrum.Create(spec);
            var violation = PairChecks.Mandatory(planted, spec.Request, solver.Solve(planted.Operator, spec.Request));
            Assert.True(violation is not null && checks.Contains(violation.Check), $"seed {seed}: {violation?.ToString() ?? "accepted"}");
        }
    }

    private static void Accepted(IEigensolver solver, SpectrumFamily family)
    {
        foreach (var seed in s_seeds)
        {
            using var scope = NewDisposeScope();
            var spec = Spec(family, seed);
            var planted = PlantedSpectrum.Create(spec);
            Expect.None(PairChecks.Mandatory(planted, spec.Request, solver.Solve(planted.Operator, spec.Request)));
        }
    }
}
