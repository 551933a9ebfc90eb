using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Both solvers on the gallery of planted spectra. What each check kills is shown in Mutants.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
public class EigensolverProperties
{
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

    /// <summary>Without a proof only what was found is claimed, and all of that must hold.</summary>
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

    [Property]
    public void Equal_seeds_give_equal_bits(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        Expect.None(EigenpairChecks.Deterministic(new DenseEigensolver(), planted.Operator, spec.Request));
        Expect.None(EigenpairChecks.Deterministic(new ThickRestartLanczos(), planted.Operator, spec.Request));
    }
}
