using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Mutants;

/// <summary>Faulty Hessians are rejected by the suite's own checks on every seed; the right one passes the same checks.</summary>
public class LandscapeMutantTests
{
    private const double Noise = Tolerances.AssumedNoise64;
    private const int Batch = 4;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Unweighted_batch_mean_is_rejected_by_the_partition(int seed) =>
        RejectedByPartition(seed, problem => FaultyHessians.UnweightedBatchMean(problem, Batch));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_dropped_last_batch_is_rejected_by_the_partition(int seed) =>
        RejectedByPartition(seed, problem => FaultyHessians.LastBatchDropped(problem, Batch));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_silent_cast_to_float32_is_rejected_by_linearity(int seed)
    {
        using var scope = NewDisposeScope();
        var problem = Build(seed);
        Assert.NotNull(OperatorChecks.Linearity(FaultyHessians.SilentFloat32(problem), Noise, (ulong)seed));
        using var right = problem.Landscape().Hessian(problem.Parameters);
        Expect.None(OperatorChecks.Linearity(right, Noise, (ulong)seed));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_sum_instead_of_a_mean_is_rejected_by_Taylor(int seed) => RejectedByTaylor(seed, FaultyHessians.Sum);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_missing_half_is_rejected_by_Taylor(int seed) => RejectedByTaylor(seed, FaultyHessians.Doubled);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_wrong_offset_is_rejected_by_symmetry_and_by_the_product(int seed)
    {
        using var scope = NewDisposeScope();
        var problem = Build(seed);
        var faulty = FaultyHessians.WrongOffset(problem);
        Assert.NotNull(OperatorChecks.Symmetry(faulty, Noise, (ulong)seed));
        Assert.NotNull(TaylorChecks.Product(problem.Landscape().Gradient, faulty, problem.Parameters, Directions(problem, seed)[0]));
    }

    /// <summary>BᵀB is a projector only for orthonormal rows.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_projection_with_a_basis_that_is_not_orthonormal_is_rejected(int seed)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(new RandomSource((ulong)seed).Gaussians(3 * 12), [3, 12]) / Math.Sqrt(12);
        Assert.NotNull(SubspaceChecks.Projector(block => block.matmul(rows.transpose(0, 1)).matmul(rows), 12, (ulong)seed));
        Expect.None(SubspaceChecks.Projector(DenseSubspace.Span(rows).Project, 12, (ulong)seed));
        Expect.None(SubspaceChecks.Projector(DenseSubspace.Span(rows).ProjectOff, 12, (ulong)seed));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 6)];

    private static Problem Build(int seed) =>
        Problem.Create(new NetworkSpec(3, 4, 1, 3, 10, Batch, Activation.Silu, LossKind.CrossEntropy, false, 0, seed));

    private static Tensor Directions(Problem problem, int seed)
    {
        var rows = tensor(new RandomSource((ulong)seed, 51).Gaussians(4 * problem.Network.Layout.Length), [4, problem.Network.Layout.Length]);
        return rows / rows.norm(1, true);
    }

    private static void RejectedByPartition(int seed, Func<Problem, ISymmetricOperator> mutant)
    {
        using var scope = NewDisposeScope();
        var problem = Build(seed);
        using var whole = problem.Landscape().Hessian(problem.Parameters);
        using var right = problem.Landscape(Batch).Hessian(problem.Parameters);
        Assert.NotNull(OperatorChecks.Agreement("partition", mutant(problem), whole, Tolerances.SameProduct(Noise), (ulong)seed));
        Expect.None(OperatorChecks.Agreement("partition", right, whole, Tolerances.SameProduct(Noise), (ulong)seed));
    }

    private static void RejectedByTaylor(int seed, Func<Problem, ISymmetricOperator> mutant)
    {
        using var scope = NewDisposeScope();
        var problem = Build(seed);
        var landscape = problem.Landscape();
        var (gradient, directions) = (landscape.Gradient(problem.Parameters), Directions(problem, seed));
        using var right = landscape.Hessian(problem.Parameters);
        Assert.NotNull(TaylorChecks.Curvature(landscape.Value, gradient, mutant(problem), problem.Parameters, directions));
        Expect.None(TaylorChecks.Curvature(landscape.Value, gradient, right, problem.Parameters, directions));
    }
}
