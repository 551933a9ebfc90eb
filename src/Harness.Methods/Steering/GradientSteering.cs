using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Steering by first derivatives alone: the directions on which the logits of the set to ablate depend most once everything that moves those of the kept set
/// is taken away, <c>top right singular vectors of J_B P_A^⊥</c>; J_B are gradients of random logit probes, sample by sample, <c>P_A^⊥</c> the projector off
/// those of A. Mixtures of the leading ones are candidates too.
/// </summary>
/// <remarks>
/// An eigenvector of H_B says where the loss of B bends most, and most of it may lie in what is projected off; these directions are chosen after the
/// projection. Deterministic at equal seeds; equivariant under orthogonal changes of the parameters, but for the rounding of float32 gradients.
/// </remarks>
/// <param name="avoided">What is projected off, e.g. another method's; null: the span of the kept set's probe gradients, q = 0.17·P.</param>
/// <param name="candidates">How many directions, at least 1; default 12.</param>
/// <param name="mixed">Of so many leading ones all sums with signs ± are candidates too; 0 … 10, default 6.</param>
/// <param name="dataType">Precision of gradients. Projections are float64.</param>
public sealed class GradientSteering(
    Subspace? avoided = null, int candidates = 12, int mixed = 6, ScalarType dataType = ScalarType.Float64) : ISteeringMethod
{
    /// <summary>Most samples of the set to ablate whose gradients are taken.</summary>
    private const int ProbedSamples = 300;

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "gradient-steering", "1", "Top directions of the logit gradients of the set to ablate, off those of the set to keep.", IsStochastic: true);

    /// <inheritdoc/>
    public SteeringAnswer Steer(Subject subject, SteeringTask task, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        using var scope = NewDisposeScope();
        var (space, remarks) = avoided is { } given
            ? (given, [])
            : JacobianComplement.Of(subject, task.Keep, [JacobianComplement.DefaultCount(subject.Model.Network.Layout.Length)], dataType, context)[0];
        var rows = ProbeGradients.Rows(
            subject.Model, subject.Data(task.Ablate), ProbedSamples, HessianSteeringOptions.ProbesPerSample, dataType, context);
        var left = ProbeGradients.TopRightVectors(space.ProjectOff(rows), (int)Math.Min(candidates, rows.shape[0]));
        var (directions, lost) = ProjectedDirections.Of(space, left.Basis(), index => $"u{index}");
        var mixtures = ProjectedDirections.Mixtures(space, [.. directions.Take(mixed)]);
        var answer = new SteeringAnswer(Describe(), null, [.. directions, .. mixtures], [.. remarks, .. lost]).MoveToOuterDisposeScope();
        // What was given is the giver's.
        return answer with { Avoided = avoided ?? space.MoveToOuterDisposeScope() };
    }
}
