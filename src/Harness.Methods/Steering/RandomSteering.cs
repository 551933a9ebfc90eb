using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>A baseline for steering (methods.md M2): random directions off a subspace, as many as a method has candidates.</summary>
/// <param name="avoided">The subspace; null: nothing is avoided.</param>
/// <param name="candidates">How many, at least 1; default 12.</param>
public sealed class RandomSteering(Subspace? avoided, int candidates = 12) : ISteeringMethod
{
    /// <inheritdoc/>
    public MethodInfo Describe() => new("random", "1", "Uniformly random directions, off what is avoided.", IsStochastic: true);

    /// <inheritdoc/>
    public SteeringAnswer Steer(Subject subject, SteeringTask task, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        using var scope = NewDisposeScope();
        var length = subject.Model.Parameters.shape[0];
        var rows = tensor(RandomSource.Named(context.Seed, "random steering").Gaussians(candidates * length), [candidates, length]);
        var nowhere = avoided ?? new DenseSubspace(zeros([0, length], dtype: ScalarType.Float64));
        var (directions, remarks) = ProjectedDirections.Of(nowhere, rows / rows.norm(1, true), index => $"random{index}");
        return new SteeringAnswer(Describe(), null, directions, remarks).MoveToOuterDisposeScope() with { Avoided = avoided };
    }
}
