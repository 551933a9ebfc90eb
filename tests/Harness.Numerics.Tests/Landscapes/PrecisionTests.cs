using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Float32 products with float64 sums. Kills: a reference that is itself float32, noise taken for granted, sums over batches in float32.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 20, QuietOnSuccess = true)]
public class PrecisionTests
{
    [Property]
    public void Float32_differs_from_its_reference_by_float32_noise(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        using var hessian = problem.Landscape(spec.Batch, ScalarType.Float32).Hessian(problem.Parameters);
        using var exact = problem.Landscape(spec.Batch).Hessian(problem.Parameters);
        Assert.Same(exact, exact.Reference);
        Assert.Same(hessian.Reference, hessian.Reference);
        Expect.None(OperatorChecks.Agreement("reference", hessian.Reference, exact, Tolerances.SameProduct(Tolerances.AssumedNoise64), (ulong)spec.Seed));
        Expect.None(OperatorChecks.Agreement("float32", hessian, exact, Tolerances.AssumedNoise32, (ulong)spec.Seed));
    }

    /// <summary>The solver measures η of the float32 products, states it, and still certifies its values to float64.</summary>
    [Property(MaxTest = 4)]
    public void A_float32_run_is_certified_in_float64(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { Family = NetworkFamily.Mlp, Layers = 1, Hidden = 6, Inputs = 5, Samples = 23, Activation = Activation.Silu });
        using var rounded = problem.Landscape(spec.Batch, ScalarType.Float32).Hessian(problem.Parameters);
        using var exact = problem.Landscape(spec.Batch).Hessian(problem.Parameters);
        var request = new EigenRequest(3, SpectrumEnd.Magnitude, Seed: (ulong)spec.Seed) { HasValidity = false };
        var pairs = new ThickRestartLanczos().Solve(rounded, request);
        var truth = new DenseEigensolver().Solve(exact, new EigenRequest((int)exact.Dimension, SpectrumEnd.Magnitude) { HasValidity = false });
        Assert.InRange(pairs.Noise, Tolerances.UnitRoundoff32 / 100, Tolerances.AssumedNoise32);
        Expect.None(EigenpairChecks.Residuals(rounded, request, pairs));
        Expect.None(EigenpairChecks.ClaimedResiduals(rounded, pairs));
        Expect.None(EigenpairChecks.Converged(rounded, pairs));
        Expect.None(EigenpairChecks.Spectrum(request, pairs, truth.Values, truth.ValueBounds.Max()));
        Expect.None(EigenpairChecks.Angles(request, pairs, truth.Values, truth.Vectors, truth.ValueBounds.Max()));
    }

    /// <summary>At a memorised sample (margin −20) float32 keeps the curvature in margin form and loses all of it in plain form.</summary>
    [Fact]
    public void The_margin_form_keeps_curvature_in_float32_where_the_plain_form_loses_it()
    {
        using var scope = NewDisposeScope();
        var (network, data, theta, expected) = Margins.Problem(-20);
        double Error(CrossEntropyForm form)
        {
            using var hessian = new LossLandscape(network, new Loss(LossKind.CrossEntropy, 0, form), data, new LandscapeOptions(DataType: ScalarType.Float32))
                .Hessian(theta);
            return Math.Abs(Margins.Curvature(hessian, 0) / expected - 1);
        }
        Assert.InRange(Error(CrossEntropyForm.Margin), 0, Tolerances.MarginFormNoise32);
        Assert.InRange(Error(CrossEntropyForm.Plain), 0.01, double.PositiveInfinity);
    }
}
