using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

[Properties(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
public class SumOperatorTests
{
    /// <summary>Kills: a coefficient forgotten, a term added twice, a block changed in place.</summary>
    [Property]
    public void It_is_the_sum_of_the_matrices(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (PlantedSpectrum.Create(spec), PlantedSpectrum.Create(spec with { Seed = spec.Seed + 1, IsHidden = true }));
        var sum = new SumOperator((2, a.Operator), (-0.5, b.Operator), (1, a.Operator));
        var rows = eye(spec.Dimension, spec.Dimension, ScalarType.Float64);
        Expect.Close(3 * a.Operator.Matrix - 0.5 * b.Operator.Matrix, sum.Multiply(rows), Tolerances.AssumedNoise64 * (a.Norm + b.Norm));
        Expect.Close(eye(spec.Dimension, spec.Dimension, ScalarType.Float64), rows, 0);
        Assert.Same(sum, sum.Reference);
    }

    /// <summary>
    /// The weighted mean of two data sets' Hessians is that of their union: what a sum is for.
    /// Kills: coefficients that are not the shares.
    /// </summary>
    [Property]
    public void Two_data_sets_make_their_union(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { IsWeighted = false });
        var (n, first) = (problem.Data.Count, (problem.Data.Count + 1) / 2);
        if (first == n)
            return;
        Problem Part(long start, long length) => problem with
        {
            Data = new("part", problem.Data.Inputs.narrow(0, start, length), problem.Data.Targets.narrow(0, start, length)),
        };
        using var whole = problem.Landscape().Hessian(problem.Parameters);
        using var left = Part(0, first).Landscape().Hessian(problem.Parameters);
        using var right = Part(first, n - first).Landscape(dataType: ScalarType.Float32).Hessian(problem.Parameters);
        var sum = new SumOperator(((double)first / n, left), ((double)(n - first) / n, right));
        var limit = Tolerances.SameProduct(Tolerances.AssumedNoise64);
        Expect.None(OperatorChecks.Agreement("union", sum.Reference, whole, limit * Tension(left, right.Reference, whole), (ulong)spec.Seed));
        Assert.NotSame(sum, sum.Reference);
    }

    /// <summary>Kills: a coefficient of NaN, an empty sum.</summary>
    [Fact]
    public void Terms_must_fit()
    {
        using var scope = NewDisposeScope();
        var (two, three) = (new DenseOperator(eye(2, 2, ScalarType.Float64)), new DenseOperator(eye(3, 3, ScalarType.Float64)));
        Assert.Contains("ℝ^2, another on ℝ^3", Assert.Throws<ArgumentException>(() => new SumOperator((1, two), (1, three))).Message);
        Assert.Throws<ArgumentException>(() => new SumOperator());
        Assert.Throws<ArgumentException>(() => new SumOperator((double.NaN, two)));
        Assert.Throws<ArgumentException>(() => new SumOperator((1, two)).Multiply(zeros(1, 3, ScalarType.Float64)));
    }

    /// <summary>By how much parts of opposite curvature exceed their mean: rounding is relative to them, not to it.</summary>
    private static double Tension(ISymmetricOperator left, ISymmetricOperator right, ISymmetricOperator whole)
    {
        var probe = ones(1, whole.Dimension, ScalarType.Float64);
        double Size(ISymmetricOperator op) => op.Multiply(probe).norm().ToDouble();
        return Math.Max(1, (Size(left) + Size(right)) / Math.Max(Size(whole), double.Epsilon));
    }
}
