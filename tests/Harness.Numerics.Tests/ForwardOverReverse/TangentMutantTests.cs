using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>What a faulty forward-over-reverse product would compute is rejected by the agreement with automatic differentiation.</summary>
public class TangentMutantTests
{
    private const double Limit = 4 * Tolerances.AssumedNoise64;

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5];

    /// <summary>Without <c>gᵀR{x}</c>, <c>gV</c> and σ'' what remains is the Gauss–Newton matrix.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Forgotten_second_derivatives_are_rejected(int seed) => Rejected(seed, (landscape, theta) => landscape.GaussNewton(theta));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_dropped_last_stretch_is_rejected(int seed) => Rejected(seed, (landscape, theta) =>
    {
        var (data, kept) = (landscape.Data, landscape.Data.Count - 1);
        var fewer = new DataSet(data.Name, data.Inputs.narrow(0, 0, kept), data.Targets.narrow(0, 0, kept));
        return new LossLandscape(landscape.Network, landscape.Loss, fewer).Hessian(theta);
    });

    /// <summary>Values at θ in float32 under float64 products: η of float32 shows.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rounded_values_are_rejected(int seed) => Rejected(
        seed, (landscape, theta) => landscape.Hessian(theta.to(ScalarType.Float32).to(ScalarType.Float64)));

    /// <summary>Networks and losses of another kind keep their graph; so does a caller who asks for it.</summary>
    [Fact]
    public void Everything_else_is_differentiated()
    {
        using var scope = NewDisposeScope();
        var spec = new NetworkSpec(3, 4, 1, 3, 10, 4, Activation.Relu, LossKind.CrossEntropy, false, 0, 1);
        var problem = Problem.Create(spec);
        bool IsDifferentiated(Problem other)
        {
            using var hessian = other.Landscape().Hessian(other.Parameters);
            return hessian.IsDifferentiated;
        }
        Assert.False(IsDifferentiated(problem));
        Assert.True(IsDifferentiated(problem with { Loss = problem.Loss with { Form = CrossEntropyForm.Plain } }));
        Operation[] operations = [.. problem.Network.Operations, new ScaleOperation { Inputs = [problem.Network.Output], Output = "scaled", Factor = 2 }];
        Assert.True(IsDifferentiated(problem with { Network = new Network(problem.Network.Layout, operations, "scaled") }));
    }

    private static void Rejected(int seed, Func<LossLandscape, Tensor, ISymmetricOperator> faulty)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(new NetworkSpec(4, 5, 1, 3, 15, 4, Activation.Gelu, LossKind.CrossEntropy, false, 0, seed));
        using var expected = new LossLandscape(problem.Network, problem.Loss, problem.Data, new LandscapeOptions { AlwaysDifferentiate = true })
            .Hessian(problem.Parameters);
        using var right = problem.Landscape().Hessian(problem.Parameters);
        Expect.None(OperatorChecks.Agreement("forward over reverse", right, expected, Limit, (ulong)seed));
        var mutant = faulty(problem.Landscape(), problem.Parameters);
        Assert.NotNull(OperatorChecks.Agreement("forward over reverse", mutant, expected, Limit, (ulong)seed));
        (mutant as IDisposable)?.Dispose();
    }
}
