using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>A loss times a factor, weight decay included: values, gradients and curvatures times the factor; the same directions.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 15, QuietOnSuccess = true)]
public class LossFactorProperties
{
    /// <summary>No power of two: what forgets it and what takes it twice are told apart, and roundings differ.</summary>
    private const double Factor = 3;

    private const double Noise = Tolerances.AssumedNoise64;

    private static readonly Dictionary<string, (Func<LossLandscape, Tensor, ISymmetricOperator> Make, int Power)> s_operators = new()
    {
        ["hessian"] = ((landscape, parameters) => landscape.Hessian(parameters), 1),
        ["GGN"] = ((landscape, parameters) => landscape.GaussNewton(parameters), 1),
        ["empirical Fisher"] = ((landscape, parameters) => landscape.Fisher(parameters, FisherKind.Empirical), 2),
        // The model's own distribution over targets has no scale.
        ["true Fisher"] = ((landscape, parameters) => landscape.Fisher(parameters), 0),
    };

    /// <summary>Kills, by name: either route of a Hessian, a metric or a gradient that forgets the factor, takes it twice, or applies it to weight decay.</summary>
    [Property]
    public void Everything_of_first_and_second_order_scales(NetworkSpec spec, bool always)
    {
        using var scope = NewDisposeScope();
        // A true Fisher with weight decay would scale in one part only.
        var problem = Problem.Create(spec with { WeightDecay = 0 });
        var (plain, scaled) = (Landscape(problem, 1, always), Landscape(problem, Factor, always));
        Assert.Equal(Factor * plain.Value(problem.Parameters), scaled.Value(problem.Parameters), Factor * plain.Value(problem.Parameters) * Tolerances.SameOutputs);
        var gradient = plain.Gradient(problem.Parameters);
        Expect.Close(gradient * Factor, scaled.Gradient(problem.Parameters), Tolerances.SameProduct(Noise) * Factor * gradient.norm().ToDouble());
        foreach (var (name, (make, power)) in s_operators)
        {
            var (expected, actual) = (make(plain, problem.Parameters), make(scaled, problem.Parameters));
            using IDisposable? first = expected as IDisposable, second = actual as IDisposable;
            Expect.None(OperatorChecks.Agreement(
                name, new SumOperator((Math.Pow(Factor, -power), actual)), expected, Tolerances.SameProduct(Noise), (ulong)spec.Seed));
        }
    }

    /// <summary>Kills: a solver, a stopping rule or a cluster that compares a curvature with a number instead of with another curvature.</summary>
    [Property]
    public void Eigenvalues_scale_and_eigenspaces_stay(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var request = new EigenRequest(Math.Min(3, (int)problem.Dimension), SpectrumEnd.Magnitude, Seed: (ulong)spec.Seed) { HasValidity = false };
        using var hessian = Landscape(problem, 1, false).Hessian(problem.Parameters);
        using var scaledHessian = (problem with { Loss = Scaled(problem.Loss, Factor) }).Landscape().Hessian(problem.Parameters);
        var (plain, scaled) = (new ThickRestartLanczos().Solve(hessian, request), new ThickRestartLanczos().Solve(scaledHessian, request));
        Assert.Equal(plain.Converged, scaled.Converged);
        for (var i = 0; i < plain.Count; i++)
            Assert.True(
                Math.Abs(Factor * plain.Values[i] - scaled.Values[i]) <= Factor * plain.ValueBounds[i] + scaled.ValueBounds[i],
                $"{spec}: eigenvalue {i} is {plain.Values[i]:g17}, and {scaled.Values[i]:g17} with {Factor} times the loss");
    }

    /// <summary>The mutants: an operator that has forgotten the factor, and one that takes it twice.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_operator_that_scales_otherwise_is_rejected(int power)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(new NetworkSpec(2, 3, 1, 2, 9, 4, Activation.Gelu, LossKind.CrossEntropy, false, 0, 1));
        using var hessian = problem.Landscape().Hessian(problem.Parameters);
        var flawed = new SumOperator((Math.Pow(Factor, power), hessian));
        Assert.NotNull(OperatorChecks.Agreement("mutant", new SumOperator((1 / Factor, flawed)), hessian, Tolerances.SameProduct(Noise), 1));
    }

    private static LossLandscape Landscape(Problem problem, double factor, bool always) => new(
        problem.Network, Scaled(problem.Loss, factor), problem.Data, new LandscapeOptions { AlwaysDifferentiate = always });

    private static Loss Scaled(Loss loss, double factor) => loss with { Factor = factor, WeightDecay = loss.WeightDecay * factor };
}
