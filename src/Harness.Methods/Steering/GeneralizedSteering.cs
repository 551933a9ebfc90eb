using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Generalized eigenvectors (methods.md M2): directions of the largest <c>vᵀH_B v / vᵀ(H_A + εI)v</c>, which ablate B for the least that they cost on A. No
/// subspace is avoided. H_A is known by its top k eigenpairs; beyond them it counts as zero, and ε bounds what that can hide.
/// </summary>
/// <param name="eigenvectors">k, at least 1; default 40.</param>
/// <param name="candidates">How many directions, at least 1; default 12.</param>
/// <param name="dataType">Precision of Hessian products.</param>
/// <param name="cache">Shares eigenvectors with other methods on the same model; null: computes its own.</param>
public sealed class GeneralizedSteering(
    int eigenvectors = 40, int candidates = 12, ScalarType dataType = ScalarType.Float64, EigenspaceCache? cache = null) : ISteeringMethod
{
    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "generalized-eigenvectors", "1", "Most curvature on the set to ablate for the curvature on the set to keep.", IsStochastic: false);

    /// <inheritdoc/>
    public SteeringAnswer Steer(Subject subject, SteeringTask task, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var solves = new SteeringSolves(subject, context, dataType, cache);
        var kept = solves.Top(task.Keep, eigenvectors);
        if (kept.Values.Length == 0 || kept.Values[^1] <= 0)
            return new SteeringAnswer(Describe(), null, [], [.. kept.Remarks, $"the Hessian on {task.Keep} has no {eigenvectors} positive eigenvalues to weigh against"]);
        using var hessian = solves.Landscape(task.Ablate).Hessian(subject.Model.Parameters);
        var whitened = new WhitenedOperator(hessian, kept.Vectors(), kept.Values, kept.Values[^1]);
        var pairs = new ThickRestartLanczos().Solve(
            whitened, new EigenRequest((int)Math.Min(candidates, whitened.Dimension), Seed: context.Seed) { ProofDimension = 0, HasValidity = false }, context.Progress, context.Cancellation);
        var vectors = whitened.Whiten(pairs.Vectors);
        var directions = Enumerable.Range(0, pairs.Count).Select(i => new SteeringDirection($"g{i}", (vectors[i] / vectors[i].norm())));
        return new SteeringAnswer(Describe(), null, [.. directions], kept.Remarks).MoveToOuterDisposeScope();
    }
}
