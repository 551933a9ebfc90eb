using FsCheck.Xunit;
using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>What holds of every steering method for any spectra, where both Hessians are known in closed form.</summary>
[Properties(Arbitrary = [typeof(QuadraticPair)], MaxTest = 25, QuietOnSuccess = true)]
public sealed class SteeringProperties
{
    private static readonly SteeringTask s_task = new("keep", "ablate");

    private static readonly MethodContext s_context = MethodContext.Default(0);

    [Property]
    public void Every_direction_is_of_length_one_and_off_what_the_method_avoids(QuadraticPair pair)
    {
        using var scope = NewDisposeScope();
        var subject = pair.Subject();
        foreach (var method in new ISteeringMethod[] { Method(pair), Method(pair, SteeringComplement.Jacobian), new GradientSteering(pair.Leading(pair.Avoided), 3, 2) })
        {
            var answer = method.Steer(subject, s_task, s_context);
            var avoided = answer.Avoided!;
            foreach (var direction in answer.Directions)
            {
                Assert.True(Math.Abs(direction.Vector.norm().ToDouble() - 1) <= Tolerances.SteeringOrthogonality(avoided.AmbientDimension));
                Assert.True(avoided.Coordinates(direction.Vector.unsqueeze(0)).norm().ToDouble() <= Tolerances.SteeringOrthogonality(avoided.Dimension));
            }
        }
        Assert.Equal(0, subject.Model.Parameters.abs().max().ToDouble());
    }

    [Property]
    public void A_cluster_is_avoided_whole_or_not_at_all(QuadraticPair pair)
    {
        using var scope = NewDisposeScope();
        var answer = Method(pair).Steer(pair.Subject(), s_task, s_context);
        Assert.Null(CutObjection(pair, answer.Avoided!));
        Assert.Equal(
            !pair.Ends.Contains(pair.Avoided), answer.Remarks.Any(remark => remark.StartsWith($"eigenvectors of keep: {pair.Avoided} would cut", StringComparison.Ordinal)));
    }

    /// <summary>A method that takes exactly k eigenvectors is what the check above rejects.</summary>
    [Fact]
    public void A_cut_cluster_is_an_objection()
    {
        using var scope = NewDisposeScope();
        var pair = new QuadraticPair([3, 2], [1], 5, 4, 1);
        Assert.Equal("cuts a cluster", CutObjection(pair, pair.Leading(4)));
        Assert.Equal("another subspace", CutObjection(pair, new QuadraticPair([5], [1], 5, 5, 2).Leading(5)));
    }

    /// <summary>Kills a fixed threshold for eigenvalues or lengths: the loss itself is scaled, not only the weights of its samples.</summary>
    [Property]
    public void Scaling_the_loss_changes_nothing(QuadraticPair pair)
    {
        using var scope = NewDisposeScope();
        foreach (var complement in Enum.GetValues<SteeringComplement>())
        {
            var plain = Method(pair, complement).Steer(pair.Subject(), s_task, s_context);
            foreach (var factor in new[] { Math.ScaleB(1, -20), Math.ScaleB(1, 20) })
            {
                var scaled = Method(pair, complement).Steer(pair.Subject(factor), s_task, s_context);
                Assert.Equal(plain.Remarks.Count, scaled.Remarks.Count);
                AssertSameSpan(plain, scaled, rows => rows);
            }
        }
    }

    [Property]
    public void An_orthogonal_change_of_parameters_turns_the_directions(QuadraticPair pair)
    {
        using var scope = NewDisposeScope();
        var turn = Subspaces.Random(QuadraticPair.Parameters, QuadraticPair.Parameters, new RandomSource((ulong)pair.Seed, 3)).Basis();
        AssertSameSpan(
            Method(pair).Steer(pair.Subject(), s_task, s_context), Method(pair).Steer(pair.Subject(turn: turn), s_task, s_context), rows => rows.matmul(turn.t()));
    }

    /// <summary>v_B inside V_A is no direction, whatever the spectrum: both sets are the same, so every candidate is avoided.</summary>
    [Property]
    public void What_is_kept_has_no_direction(QuadraticPair pair)
    {
        using var scope = NewDisposeScope();
        var subject = pair.Subject();
        var answer = new HessianSteering(new() { Avoided = pair.Kept.Sum(), Candidates = pair.Kept.Sum(), Mixed = 0 }).Steer(subject, new("keep", "keep"), s_context);
        Assert.Empty(answer.Directions);
        Assert.Equal(pair.Kept.Sum(), answer.Remarks.Count(remark => remark.EndsWith("has no direction: it lies inside what is avoided", StringComparison.Ordinal)));
    }

    private static HessianSteering Method(QuadraticPair pair, SteeringComplement complement = SteeringComplement.Hessian) => new(
        new() { Complement = complement, Avoided = pair.Avoided, Candidates = pair.Ablated[0], Mixed = 0 });

    private static string? CutObjection(QuadraticPair pair, Subspace avoided) =>
        !pair.Ends.Contains((int)avoided.Dimension) ? "cuts a cluster"
        : avoided.Dimension is > 0 and < QuadraticPair.Parameters && PrincipalAngles.Between(avoided, pair.Leading(avoided.Dimension))[^1] > Tolerances.EquivalentAnswers ? "another subspace"
        : null;

    /// <summary>Candidates are a whole cluster, of which only the span is known; so is that of the directions, up to the error that projecting magnified.</summary>
    private static void AssertSameSpan(SteeringAnswer left, SteeringAnswer right, Func<Tensor, Tensor> map)
    {
        Assert.Equal(left.Directions.Count, right.Directions.Count);
        if (left.Directions.Count == 0)
            return;
        DenseSubspace Span(SteeringAnswer answer, Func<Tensor, Tensor> image) =>
            DenseSubspace.Span(image(stack([.. answer.Directions.Select(direction => direction.Vector)])), Math.Sqrt(Tolerances.EquivalentAnswers));
        var (first, second) = (Span(left, map), Span(right, rows => rows));
        Assert.Equal(first.Dimension, second.Dimension);
        Assert.True(PrincipalAngles.Between(first, second)[^1] <= Math.Sqrt(Tolerances.EquivalentAnswers));
    }
}
