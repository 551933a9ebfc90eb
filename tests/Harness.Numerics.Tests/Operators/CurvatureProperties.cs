using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>What GGN and Fisher satisfy on any network. Which mutants each check kills is shown in <see cref="CurvatureMutantTests"/>.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 20, QuietOnSuccess = true)]
public class CurvatureProperties
{
    private const double Noise = Tolerances.AssumedNoise64;

    [Property]
    public void The_identities_hold(NetworkSpec spec) => Expect.None(CurvatureChecks.All(Curvatures.Production, spec));

    /// <summary>Kills: J or Jᵀ of the wrong sample, an output metric that is not symmetric, a graph changed by a product.</summary>
    [Property]
    public void Products_are_linear_symmetric_and_repeatable(NetworkSpec spec, CurvatureKind kind)
    {
        using var scope = NewDisposeScope();
        var curvature = Curvatures.Production(kind, Problem.Create(spec), spec.Batch);
        using var owned = curvature as IDisposable;
        Expect.None(OperatorChecks.Symmetry(curvature, Noise, (ulong)spec.Seed));
        Expect.None(OperatorChecks.Linearity(curvature, Noise, (ulong)spec.Seed));
        Expect.None(OperatorChecks.Repeat(curvature, (ulong)spec.Seed));
        Expect.None(OperatorChecks.PowerOfTwo(curvature, (ulong)spec.Seed));
    }

    /// <summary>Kills: any systematic error that the identities share. The definition is summed up sample by sample and class by class.</summary>
    [Property]
    public void They_are_what_their_definitions_say(NetworkSpec spec, CurvatureKind kind)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var curvature = Curvatures.Production(kind, problem, spec.Batch);
        using var owned = curvature as IDisposable;
        var expected = Curvatures.ByDefinition(CurvatureFlaw.None)(kind, problem, spec.Batch);
        Expect.None(OperatorChecks.Agreement("definition", curvature, expected, Tolerances.SameProduct(Noise), (ulong)spec.Seed));
    }

    /// <summary>Kills: a sign lost in the metric, the Hessian in the place of the GGN.</summary>
    [Property]
    public void They_are_positive_semidefinite(NetworkSpec spec, CurvatureKind kind)
    {
        using var scope = NewDisposeScope();
        var curvature = Curvatures.Production(kind, Problem.Create(spec), spec.Batch);
        using var owned = curvature as IDisposable;
        var lowest = new DenseEigensolver().Solve(curvature, new EigenRequest(1, SpectrumEnd.Smallest));
        Assert.True(lowest.Values[0] >= -lowest.ValueBounds[0] - 4 * Noise * lowest.Norm, $"λ_min = {lowest.Values[0]:g4}, norm {lowest.Norm:g4}");
    }

    /// <summary>
    /// A ReLU net with one hidden layer is piecewise linear in each layer alone. Kills: weight decay in one of the two only, a same-layer term in H − GGN.
    /// </summary>
    [Property]
    public void Without_a_second_layer_between_them_Hessian_and_GGN_agree(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { Family = NetworkFamily.Mlp, Layers = 1, Activation = Activation.Relu });
        var landscape = problem.Landscape(spec.Batch);
        using var hessian = landscape.Hessian(problem.Parameters);
        using var ggn = landscape.GaussNewton(problem.Parameters);
        var probes = tensor(new RandomSource((ulong)spec.Seed, 43).Gaussians(2 * landscape.Dimension), [2, landscape.Dimension]);
        var norm = hessian.Multiply(probes).norm().ToDouble();
        foreach (var glob in new[] { "?1", "?2" })
        {
            var layer = LayerOperator.Matching(new SumOperator((1, hessian), (-1, ggn)), problem.Network.Layout, glob);
            var difference = layer.Multiply(layer.Restrict(probes));
            Expect.Close(zeros_like(difference), difference, 4 * Noise * norm);
        }
    }

    /// <summary>Logits that all rise together change no probability. Kills: a metric whose rows do not sum to zero.</summary>
    [Property]
    public void The_softmax_shift_has_no_curvature(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { Family = NetworkFamily.Mlp, Loss = LossKind.CrossEntropy, WeightDecay = 0 });
        var bias = problem.Network.Layout[$"b{spec.Layers + 1}"];
        var shift = zeros(1, problem.Network.Layout.Length, ScalarType.Float64);
        shift.narrow(1, bias.Offset, bias.Length).fill_(1);
        foreach (var kind in Enum.GetValues<CurvatureKind>())
        {
            var curvature = Curvatures.Production(kind, problem, spec.Batch);
            using var owned = curvature as IDisposable;
            var norm = OperatorChecks.Norm(curvature, (ulong)spec.Seed);
            Expect.Close(zeros_like(shift), curvature.Multiply(shift), 4 * Noise * norm * Math.Sqrt(spec.Outputs));
        }
    }

    /// <summary>Kills: entries flattened in another order than θ.</summary>
    [Property]
    public void Permuted_units_permute_the_curvature(NetworkSpec spec, CurvatureKind kind)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec = spec with { Layers = 1 });
        var map = Networks.Units(spec, problem.Network.Layout).Permutation(new RandomSource((ulong)spec.Seed, 42).Permutation(spec.Hidden), problem.Dimension);
        var moved = problem with { Parameters = map.Apply(problem.Parameters.unsqueeze(0))[0] };
        var (left, right) = (Curvatures.Production(kind, problem, spec.Batch), Curvatures.Production(kind, moved, spec.Batch));
        using var ownedLeft = left as IDisposable;
        using var ownedRight = right as IDisposable;
        var probes = tensor(new RandomSource((ulong)spec.Seed, 41).Gaussians(2 * left.Dimension), [2, left.Dimension]);
        var expected = map.Apply(left.Multiply(probes));
        Expect.Close(expected, right.Multiply(map.Apply(probes)), 4 * Noise * expected.norm().ToDouble());
    }

    /// <summary>Kills: a silent cast of the reference, float32 accumulation.</summary>
    [Property]
    public void Float32_products_stay_near_their_float64_reference(NetworkSpec spec, CurvatureKind kind)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var single = problem.Landscape(spec.Batch, ScalarType.Float32);
        using PullbackOperator low = kind == CurvatureKind.GaussNewton
            ? single.GaussNewton(problem.Parameters)
            : single.Fisher(problem.Parameters, kind == CurvatureKind.TrueFisher ? FisherKind.True : FisherKind.Empirical);
        var high = Curvatures.Production(kind, problem, spec.Batch);
        using var owned = high as IDisposable;
        Expect.None(OperatorChecks.Agreement("reference", low.Reference, high, 0, (ulong)spec.Seed));
        Expect.None(OperatorChecks.Agreement("float32", low, high, Tolerances.AssumedNoise32, (ulong)spec.Seed));
    }
}
