using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Hessian products written out by hand against automatic differentiation, on random networks of linear layers and activations.</summary>
[Properties(Arbitrary = [typeof(Specs), typeof(TiedSpecs)], MaxTest = 40, QuietOnSuccess = true)]
public class TangentProductProperties
{
    private const double Noise = Tolerances.AssumedNoise64;

    /// <summary>
    /// Kills: a forgotten term (σ'', <c>gᵀR{x}</c>, <c>gV</c>), a bias left out, a last stretch dropped, a share counted twice. See TangentMutantTests.
    /// </summary>
    [Property]
    public void Float64_products_agree_with_automatic_differentiation(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        using var written = Hessian(problem, spec.Batch, ScalarType.Float64, false);
        using var differentiated = Hessian(problem, spec.Batch, ScalarType.Float64, true);
        Assert.True(differentiated.IsDifferentiated && (spec.Family != NetworkFamily.Mlp || !written.IsDifferentiated));
        Expect.None(OperatorChecks.Agreement("forward over reverse", written, differentiated, Tolerances.SameProduct(Noise), (ulong)spec.Seed));
    }

    /// <summary>Kills: values at θ rounded before they are differentiated, a softmax without its margin.</summary>
    [Property]
    public void Float32_products_agree_with_automatic_differentiation_to_its_own_noise(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        using var written = Hessian(problem, spec.Batch, ScalarType.Float32, false);
        using var differentiated = Hessian(problem, spec.Batch, ScalarType.Float32, true);
        var noise = Math.Max(64 * Tolerances.UnitRoundoff32, NoiseOf(differentiated, spec.Seed));
        Expect.None(OperatorChecks.Agreement("forward over reverse, float32", written, differentiated, Tolerances.SameProduct(noise), (ulong)spec.Seed));
    }

    /// <summary>Two branches, a weight used twice, once transposed. Kills: a tied weight's second share lost or not transposed, a sum's adjoint shared.</summary>
    [Property]
    public void Tied_and_summed_layers_agree_with_automatic_differentiation(TiedSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = TiedSpecs.Create(spec);
        using var written = Hessian(problem, spec.Batch, ScalarType.Float64, false);
        using var differentiated = Hessian(problem, spec.Batch, ScalarType.Float64, true);
        Assert.False(written.IsDifferentiated);
        Expect.None(OperatorChecks.Agreement("forward over reverse, tied", written, differentiated, Tolerances.SameProduct(Noise), (ulong)spec.Seed));
        Expect.None(OperatorChecks.Symmetry(written, Noise, (ulong)spec.Seed));
        Expect.None(OperatorChecks.Repeat(written, (ulong)spec.Seed));
        Expect.None(OperatorChecks.PowerOfTwo(written, (ulong)spec.Seed));
    }

    /// <summary>Kills: directions of a block that reach each other's rows, a block's remainder dropped.</summary>
    [Property]
    public void A_block_is_its_rows(TiedSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = TiedSpecs.Create(spec with { Samples = 200 });
        using var hessian = Hessian(problem, 4096, ScalarType.Float64, false);
        const int rows = 700;
        var block = tensor(new RandomSource((ulong)spec.Seed, 7).Gaussians(rows * hessian.Dimension), [rows, hessian.Dimension]);
        var together = hessian.Multiply(block);
        var single = cat([.. new long[] { 0, rows / 2, rows - 1 }.Select(row => hessian.Multiply(block.narrow(0, row, 1)))], 0);
        var same = together.index_select(0, tensor(new long[] { 0, rows / 2, rows - 1 }));
        Expect.Close(single, same, Tolerances.SameProduct(Noise) * Math.Max(1, single.norm().ToDouble()));
        Expect.Close(hessian.Multiply(block.sum(0, true)), together.sum(0, true), rows * Tolerances.SameProduct(Noise) * Math.Max(1, single.norm().ToDouble()));
    }

    private static HessianOperator Hessian(Problem problem, long batch, ScalarType dtype, bool alwaysDifferentiate) => new LossLandscape(
        problem.Network, problem.Loss, problem.Data, new LandscapeOptions(batch, dtype) { AlwaysDifferentiate = alwaysDifferentiate }).Hessian(problem.Parameters);

    /// <summary>η of a float32 operator on the probes of <see cref="OperatorChecks.Agreement"/> and more, relative to its largest product.</summary>
    private static double NoiseOf(HessianOperator hessian, int seed)
    {
        using var scope = NewDisposeScope();
        var probes = tensor(new RandomSource((ulong)seed, 5).Gaussians(8 * hessian.Dimension), [8, hessian.Dimension]);
        var (low, exact) = (hessian.Multiply(probes), hessian.Reference.Multiply(probes));
        var norm = exact.norm(1).max().ToDouble();
        return norm == 0 ? 0 : (low - exact).norm(1).max().ToDouble() / norm;
    }
}
