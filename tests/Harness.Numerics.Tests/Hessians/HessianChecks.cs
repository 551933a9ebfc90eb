using Harness.Models;
using Harness.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// What the Hessian of any network satisfies. A check turns the spec into one to which it applies (a smooth net, a ReLU net with a hidden layer), so none
/// ever passes for want of a case. The Hessian under test is always the factory's; what it is compared with is not.
/// </summary>
internal static partial class HessianChecks
{
    /// <summary>The operator under test.</summary>
    internal static HessianFactory Production { get; } = (problem, batch, precision) => problem.Landscape(batch, precision).Hessian(problem.Parameters);

    /// <summary>Every check by name, in the order of the table.</summary>
    internal static IReadOnlyList<HessianCheck> All { get; } =
    [
        new("symmetry", (make, spec) => OnProducts(make, spec, OperatorChecks.Symmetry)),
        new("linearity", (make, spec) => OnProducts(make, spec, OperatorChecks.Linearity)),
        new("repeat", (make, spec) => OnProducts(make, spec, (op, _, seed) => OperatorChecks.Repeat(op, seed))),
        new("power of two", PowerOfTwo),
        new("float32 noise", Float32Noise),
        new("copies of a sample", CopiesOfASample),
        new("partition of the data", Partition),
        new("repeated samples", RepeatedSamples),
        new("weight decay", WeightDecay),
        new("taylor remainder of the curvature", TaylorCurvature),
        new("taylor remainder of the product", TaylorProduct),
        new("definition", Definition),
        new("permutation of units", PermutedUnits),
        new("rescaling of units", RescaledUnits),
        new("softmax shift", SoftmaxShift),
        new("one-hot shift", OneHotShift),
        new("rotation of the hidden space", HiddenRotation),
        new("same-layer blocks of H − GGN", SameLayerBlocks),
        new("closed form: linear regression", (make, spec) => ClosedForm(make, spec with { Family = NetworkFamily.Mlp, Layers = 0, Loss = LossKind.MeanSquaredError })),
        new("closed form: logistic regression", (make, spec) => ClosedForm(make, spec with { Family = NetworkFamily.Mlp, Layers = 0, Loss = LossKind.CrossEntropy })),
        new("closed form: TMS", (make, spec) => ClosedForm(make, spec with { Family = NetworkFamily.TiedAutoencoder, Activation = Activation.Relu, Loss = LossKind.MeanSquaredError })),
        new("closed form: modular addition", (make, spec) => ClosedForm(make, spec with { Family = NetworkFamily.OneHotSum, Activation = Activation.Square, Loss = LossKind.CrossEntropy })),
        new("interlacing of layers", (make, spec) => Interlacing(make, (op, layout, name) => new LayerOperator(op, layout, [name]), spec)),
        new("Weyl's inequality", (make, spec) => Weyl(make, (first, second) => new SumOperator((1, first), (1, second)), spec)),
        new("weight decay shifts every eigenvalue", EigenvalueShift),
    ];

    /// <summary>Those of <see cref="All"/> that a Hessian fails on a spec, by name.</summary>
    internal static IEnumerable<string> Failed(HessianFactory make, NetworkSpec spec) =>
        All.Where(check => check.Run(make, spec) is not null).Select(check => check.Name);

    /// <summary>A power of two only shifts exponents. Kept clear of saturated samples, whose float32 intermediates would be subnormal.</summary>
    private static Violation? PowerOfTwo(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        if (spec.Precision == ScalarType.Float32)
            problem = problem with { Parameters = problem.Parameters * 0.3 };
        return Use(make, problem, spec, hessian => OperatorChecks.PowerOfTwo(hessian, (ulong)spec.Seed));
    }

    private static Violation? Float32Noise(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        return Use(make, Problem.Create(spec), spec with { Precision = ScalarType.Float32 }, hessian =>
            OperatorChecks.Noise(hessian, (ulong)spec.Seed) is var noise && noise <= Tolerances.AssumedNoise32
                ? null : new Violation("float32 noise", noise, Tolerances.AssumedNoise32, $"n = {hessian.Dimension}"));
    }

    /// <summary>
    /// 8 copies of one sample, one to a batch, are that sample, to float64 rounding even in float32: shares of ⅛ round nothing, and in float64
    /// neither do sums of equal float32 numbers.
    /// </summary>
    private static Violation? CopiesOfASample(HessianFactory make, NetworkSpec spec)
    {
        const int copies = 8;
        using var scope = NewDisposeScope();
        var single = Problem.Create(spec with { Samples = 1, IsWeighted = false, WeightDecay = 0 });
        single = single with { Parameters = single.Parameters * 0.3 };
        var index = zeros(copies, ScalarType.Int64);
        var many = single with { Data = new("copies", single.Data.Inputs.index_select(0, index), single.Data.Targets.index_select(0, index)) };
        var expected = make(single, 1, ScalarType.Float32);
        using var owned = expected as IDisposable;
        return Use(make, many, spec with { Batch = 1, Precision = ScalarType.Float32 }, hessian =>
            OperatorChecks.Agreement("copies of a sample", hessian, expected, Tolerances.AssumedNoise64, (ulong)spec.Seed));
    }

    /// <summary>How samples are batched changes nothing.</summary>
    private static Violation? Partition(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        return Use(make, problem, spec with { Batch = 4096 }, whole => Agree("partition of the data", make, problem, spec, whole));
    }

    /// <summary>An integer weight is a repeated sample.</summary>
    private static Violation? RepeatedSamples(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { IsWeighted = false });
        var index = tensor(Enumerable.Range(0, spec.Samples).SelectMany(i => Enumerable.Repeat((long)i, 1 + i % 3)).ToArray());
        var weights = tensor(Enumerable.Range(0, spec.Samples).Select(i => 2.5 * (1 + i % 3)).ToArray());
        var (inputs, targets) = (problem.Data.Inputs, problem.Data.Targets);
        var repeated = problem with { Data = new("repeated", inputs.index_select(0, index), targets.index_select(0, index)) };
        return Use(make, repeated, spec, expected =>
            Agree("repeated samples", make, problem with { Data = new("weighted", inputs, targets, weights) }, spec, expected));
    }

    /// <summary>Weight decay μ adds μv, in float64 whatever the precision of the rest.</summary>
    private static Violation? WeightDecay(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec with { WeightDecay = 0 });
        var decayed = problem with { Loss = problem.Loss with { WeightDecay = 0.37 } };
        return Use(make, problem, spec, plain => Use(make, decayed, spec, shifted => OperatorChecks.Agreement(
            "weight decay", shifted, new ShiftedOperator(plain, 0.37), Tolerances.EigenvalueShift(Tolerances.AssumedNoise64), (ulong)spec.Seed)));
    }

    /// <summary>The Hessian written out sample by sample, by code that shares nothing with the operator but the network.</summary>
    private static Violation? Definition(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var (network, theta, data) = (problem.Network, problem.Parameters, problem.Data);
        var lost = TextbookHessian.Amplification(network, theta, data, spec.Loss);
        var expected = new DenseOperator(TextbookHessian.Of(network, theta, data, spec.Loss, spec.WeightDecay));
        return Use(make, problem, spec, hessian => OperatorChecks.Agreement(
            "definition", hessian, expected, Tolerances.SameProduct(Noise(hessian, spec)) + lost * Tolerances.SameProduct(Tolerances.AssumedNoise64), (ulong)spec.Seed));
    }

    private static Violation? ClosedForm(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var expected = new DenseOperator(ClosedForms.Hessian(problem, spec));
        return Agree("closed form", make, problem, spec, expected);
    }

    private static Violation? OnProducts(HessianFactory make, NetworkSpec spec, Func<ISymmetricOperator, double, ulong, Violation?> check)
    {
        using var scope = NewDisposeScope();
        return Use(make, Problem.Create(spec), spec, hessian => check(hessian, Noise(hessian, spec), (ulong)spec.Seed));
    }

    /// <summary>Products agree within 4η, η being that of either operator.</summary>
    private static Violation? Agree(string name, HessianFactory make, Problem problem, NetworkSpec spec, ISymmetricOperator expected) =>
        Use(make, problem, spec, actual => OperatorChecks.Agreement(
            name, actual, expected, Tolerances.SameProduct(Math.Max(Noise(actual, spec), Noise(expected, spec))), (ulong)spec.Seed));

    private static double Noise(ISymmetricOperator op, NetworkSpec spec, Tensor? vectors = null) => OperatorChecks.Noise(op, (ulong)spec.Seed, vectors);

    private static Violation? Use(HessianFactory make, Problem problem, NetworkSpec spec, Func<ISymmetricOperator, Violation?> check)
    {
        var hessian = make(problem, spec.Batch, spec.Precision);
        using var owned = hessian as IDisposable;
        return check(hessian);
    }
}
