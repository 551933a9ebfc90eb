using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Both solvers on the gallery of planted spectra. What each check kills is shown in Mutants.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
public class EigensolverProperties
{
    /// <summary>Kills: columns read as rows, ascending read as descending, magnitude for algebraic order.</summary>
    [Property]
    public void Dense_answers_satisfy_every_check(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var pairs = new DenseEigensolver().Solve(planted.Operator, spec.Request);
        Expect.None(PairChecks.All(planted, spec.Request, pairs));
        Expect.None(EigenpairChecks.Converged(planted.Operator, pairs));
        Assert.Equal(Completeness.Proved, pairs.Completeness);
    }

    /// <summary>Kills: missed copies, ghosts, residuals by the recurrence, bounds without a gap.</summary>
    [Property]
    public void Lanczos_answers_with_a_proof_satisfy_every_check(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var request = spec.Request with { ProofDimension = 2000 };
        var pairs = new ThickRestartLanczos().Solve(planted.Operator, request);
        // The small end of a spectrum graded over 12 decades, or copies of values that differ by 1e-5 of the width, can be out of reach for products
        // alone. Then the answer must say so; Completeness tests show where it must not.
        if (pairs.Completeness == Completeness.Incomplete)
        {
            Assert.True(spec.Family is SpectrumFamily.Graded or SpectrumFamily.Quintuples && pairs.Flags.HasFlag(EigenFlags.BudgetSpent), $"{pairs.Flags}");
            return;
        }
        Assert.Equal(Completeness.Proved, pairs.Completeness);
        Expect.None(PairChecks.All(planted, request, pairs));
        Expect.None(EigenpairChecks.Converged(planted.Operator, pairs));
    }

    /// <summary>Float32 products are certified in float64; see also <see cref="PrecisionTests"/>. Kills: bounds that only hold on nice matrices.</summary>
    [Property(MaxTest = 10)]
    public void Answers_on_random_networks_satisfy_every_check(NetworkSpec spec, SpectrumEnd end)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var truth = Known.Spectrum(problem);
        var request = new EigenRequest(1 + spec.Seed % 6, end, Seed: (ulong)spec.Seed) { HasValidity = false };
        using var hessian = problem.Landscape(spec.Batch, spec.Precision).Hessian(problem.Parameters);
        using var exact = problem.Landscape(spec.Batch).Hessian(problem.Parameters);
        foreach (var (op, solver) in new (ISymmetricOperator, IEigensolver)[] { (hessian, new DenseEigensolver()), (exact, new ThickRestartLanczos()) })
        {
            var pairs = solver.Solve(op, request);
            Assert.Equal(Completeness.Proved, pairs.Completeness);
            Expect.None(EigenpairChecks.All(op, request, pairs, truth));
            Expect.None(EigenpairChecks.Converged(op, pairs));
            Expect.None(EigenpairChecks.Deterministic(solver, op, request));
        }
    }

    /// <summary>Kills: vectors of other values, a decomposition that lost a pair.</summary>
    [Property(MaxTest = 10)]
    public void All_pairs_together_are_the_matrix(NetworkSpec network, SpectrumSpec spectrum)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(network);
        using var hessian = problem.Landscape(network.Batch).Hessian(problem.Parameters);
        foreach (var op in new ISymmetricOperator[] { hessian, PlantedSpectrum.Create(spectrum).Operator })
            Expect.None(EigenpairChecks.Reconstruction(op, new DenseEigensolver().Solve(op, new EigenRequest((int)op.Dimension) { HasValidity = false })));
    }

    /// <summary>Without a proof only what was found is claimed, and all of that must hold. Kills: residuals taken from the iteration.</summary>
    [Property]
    public void Lanczos_answers_without_a_proof_claim_nothing_false(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var pairs = new ThickRestartLanczos().Solve(planted.Operator, spec.Request);
        Expect.None(EigenpairChecks.Shape(planted.Operator, spec.Request, pairs));
        Expect.None(EigenpairChecks.Orthonormal(pairs));
        Expect.None(EigenpairChecks.Order(spec.Request, pairs));
        Expect.None(EigenpairChecks.ClaimedResiduals(planted.Operator, pairs));
        if (pairs.Completeness != Completeness.Incomplete)
            Expect.None(EigenpairChecks.Residuals(planted.Operator, spec.Request, pairs));
    }

    /// <summary>Kills: a seed from the clock, a call counter, an uninitialised buffer.</summary>
    [Property]
    public void Equal_seeds_give_equal_bits(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        Expect.None(EigenpairChecks.Deterministic(new DenseEigensolver(), planted.Operator, spec.Request));
        Expect.None(EigenpairChecks.Deterministic(new ThickRestartLanczos(), planted.Operator, spec.Request));
    }
}
