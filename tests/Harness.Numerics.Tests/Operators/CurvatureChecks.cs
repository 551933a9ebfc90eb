using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Identities of GGN and Fisher, each on one problem. Return null when they hold; mutants and operators pass through the same code.</summary>
internal static class CurvatureChecks
{
    private static readonly double Limit = Tolerances.SameProduct(Tolerances.AssumedNoise64);

    /// <summary>All of them on one spec; the first violation.</summary>
    internal static Violation? All(CurvatureFactory make, NetworkSpec spec) =>
        LinearNetwork(make, spec)
        ?? FisherOfTheModel(make, spec)
        ?? WeightDecay(make, spec)
        ?? Enum.GetValues<CurvatureKind>().Select(kind => Partition(make, kind, spec) ?? RepeatedSamples(make, kind, spec)).FirstOrDefault(v => v is not null)
        ?? SingleSample(make, spec);

    /// <summary>For outputs linear in the parameters GGN = Hessian, weight decay included.</summary>
    internal static Violation? LinearNetwork(CurvatureFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { Family = NetworkFamily.Mlp, Layers = 0 });
        using var hessian = problem.Landscape().Hessian(problem.Parameters);
        return Agree("GGN = Hessian of a linear network", make(CurvatureKind.GaussNewton, problem, spec.Batch), hessian, spec);
    }

    /// <summary>True Fisher = GGN without weight decay under cross-entropy, half of it for the squared error without ½.</summary>
    internal static Violation? FisherOfTheModel(CurvatureFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        // Without weight decay from the start: taken off afterwards it would leave its rounding to a saturated softmax.
        using var ggn = (problem with { Loss = problem.Loss with { WeightDecay = 0 } }).Landscape().GaussNewton(problem.Parameters);
        var expected = new SumOperator((problem.Loss.Kind == LossKind.MeanSquaredError ? 0.5 : 1, ggn));
        return Agree("true Fisher = GGN of the likelihood", make(CurvatureKind.TrueFisher, problem, spec.Batch), expected, spec);
    }

    /// <summary>Weight decay μ shifts the GGN by μ, and no Fisher.</summary>
    internal static Violation? WeightDecay(CurvatureFactory make, NetworkSpec spec)
    {
        foreach (var kind in Enum.GetValues<CurvatureKind>())
        {
            using var scope = NewDisposeScope();
            var problem = Problem.Create(spec with { WeightDecay = 0 });
            var plain = make(kind, problem, spec.Batch);
            var decayed = make(kind, problem with { Loss = problem.Loss with { WeightDecay = 0.37 } }, spec.Batch);
            using var owned = plain as IDisposable;
            var expected = new ShiftedOperator(plain, kind == CurvatureKind.GaussNewton ? 0.37 : 0);
            if (Agree("weight decay", decayed, expected, spec) is { } violation)
                return violation;
        }
        return null;
    }

    /// <summary>Batches change nothing.</summary>
    internal static Violation? Partition(CurvatureFactory make, CurvatureKind kind, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var whole = make(kind, problem, 4096);
        using var owned = whole as IDisposable;
        return Agree("partition of the data", make(kind, problem, spec.Batch), whole, spec);
    }

    /// <summary>An integer weight is a repeated sample.</summary>
    internal static Violation? RepeatedSamples(CurvatureFactory make, CurvatureKind kind, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { IsWeighted = false });
        var index = tensor(Enumerable.Range(0, spec.Samples).SelectMany(i => Enumerable.Repeat((long)i, 1 + i % 3)).ToArray());
        var weights = tensor(Enumerable.Range(0, spec.Samples).Select(i => 2.5 * (1 + i % 3)).ToArray());
        var (inputs, targets) = (problem.Data.Inputs, problem.Data.Targets);
        var weighted = problem with { Data = new DataSet("weighted", inputs, targets, weights) };
        var repeated = problem with { Data = new DataSet("repeated", inputs.index_select(0, index), targets.index_select(0, index)) };
        var expected = make(kind, repeated, 4096);
        using var owned = expected as IDisposable;
        return Agree("repeated samples", make(kind, weighted, spec.Batch), expected, spec);
    }

    /// <summary>On one sample the empirical Fisher is the gradient's outer product; this anchors the scale that all the others share.</summary>
    internal static Violation? SingleSample(CurvatureFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { Samples = 1, WeightDecay = 0 });
        var gradient = problem.Landscape().Gradient(problem.Parameters);
        var expected = new DenseOperator(outer(gradient, gradient));
        return Agree("empirical Fisher of one sample", make(CurvatureKind.EmpiricalFisher, problem, spec.Batch), expected, spec);
    }

    private static Violation? Agree(string name, ISymmetricOperator actual, ISymmetricOperator expected, NetworkSpec spec)
    {
        using var owned = actual as IDisposable;
        return OperatorChecks.Agreement(name, actual, expected, Limit, (ulong)spec.Seed);
    }
}
