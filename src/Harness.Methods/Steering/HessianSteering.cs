using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Steering off a set of data (methods.md M2): directions <c>P_A^⊥ v</c>, v the top eigenvectors of the Hessian on the set to ablate and <c>P_A^⊥</c> the
/// projector off what the kept set A depends on; scaled to length 1, with mixtures of the leading ones. The semi-supervised form (M3) is the same with a
/// mixture of both sets in the place of the one to ablate.
/// </summary>
/// <remarks>
/// Deterministic at equal seeds. Equivariant under orthogonal changes of the parameters, not under rescaling. A candidate inside the avoided subspace has no
/// direction: it is named among the remarks, never divided by its zero length.
/// </remarks>
/// <param name="options">Null: the defaults.</param>
/// <param name="cache">Shares eigenvectors with other methods on the same model; null: computes its own.</param>
public sealed class HessianSteering(HessianSteeringOptions? options = null, EigenspaceCache? cache = null) : ISteeringMethod
{
    private readonly HessianSteeringOptions _options = (options ?? new HessianSteeringOptions()).Validated();

    /// <inheritdoc/>
    public MethodInfo Describe() => _options.Complement == SteeringComplement.Hessian
        ? new("hessian-steering", "1", "Top Hessian eigenvectors of the set to ablate, off those of the set to keep.", IsStochastic: false)
        : new("hessian-steering-jacobian", "1", "Top Hessian eigenvectors of the set to ablate, off the logit gradients of the set to keep.", IsStochastic: true);

    /// <inheritdoc/>
    public SteeringAnswer Steer(Subject subject, SteeringTask task, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Sweep(subject, task, [_options.Avoided ?? DefaultAvoided(subject.Model)], context)[0];
    }

    /// <summary>
    /// Answers for several k (or q) at once, for little more than the largest: eigenvectors and gradients are computed once. Larger ones keep A better and
    /// weaken the directions.
    /// </summary>
    /// <param name="subject">The model and its data.</param>
    /// <param name="task">Which set to keep, and which to ablate.</param>
    /// <param name="counts">Values of k or q, each at least 0; they take the place of <see cref="HessianSteeringOptions.Avoided"/>.</param>
    /// <param name="context">Seed, device, progress, cancellation.</param>
    /// <returns>An answer for each, in order; tensors belong to the caller's dispose scope.</returns>
    public IReadOnlyList<SteeringAnswer> Sweep(Subject subject, SteeringTask task, IReadOnlyList<int> counts, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(context);
        foreach (var count in counts)
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
        using var scope = NewDisposeScope();
        var candidates = Eigenspace(subject, task.Ablate, _options.Candidates, context);
        return [.. Avoided(subject, task.Keep, counts, context).Select(avoided => Answer(candidates, avoided.Space, avoided.Remarks).MoveToOuterDisposeScope())];
    }

    /// <summary>A data set's top eigenvectors; tensors belong to the caller's dispose scope.</summary>
    internal TopEigenspace Eigenspace(Subject subject, string set, int count, MethodContext context) =>
        new SteeringSolves(subject, context, _options.DataType, cache).Top(set, count, _options.OffGradient);

    /// <summary>The certified top eigenvectors of a data set, <c>[k, P]</c> in the caller's dispose scope; clusters whole.</summary>
    public Tensor Eigenvectors(Subject subject, string set, int count, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        return Eigenspace(subject, set, count, context).Vectors().MoveToOuterDisposeScope();
    }

    /// <summary>The subspace that steps stay off so that a data set is kept; its tensors belong to the caller's dispose scope.</summary>
    internal Subspace Avoided(Subject subject, string keep, MethodContext context) =>
        Avoided(subject, keep, [_options.Avoided ?? DefaultAvoided(subject.Model)], context)[0].Space;

    private IReadOnlyList<(Subspace Space, IReadOnlyList<string> Remarks)> Avoided(Subject subject, string keep, IReadOnlyList<int> counts, MethodContext context)
    {
        using var scope = NewDisposeScope();
        if (_options.Complement == SteeringComplement.Jacobian)
            return [.. JacobianComplement.Of(subject, keep, counts, _options.DataType, context)
                .Select(complement => (complement.Space.MoveToOuterDisposeScope(), complement.Remarks))];
        var eigenspace = Eigenspace(subject, keep, counts.Max(), context);
        return [.. counts.Select(eigenspace.First).Select(first => ((Subspace)first.Span().MoveToOuterDisposeScope(), first.Remarks))];
    }

    private SteeringAnswer Answer(TopEigenspace candidates, Subspace avoided, IReadOnlyList<string> remarks)
    {
        var (directions, lost) = ProjectedDirections.Of(avoided, candidates.Vectors(), index => $"v{index}");
        var mixtures = ProjectedDirections.Mixtures(avoided, [.. directions.Take(_options.Mixed)]);
        return new SteeringAnswer(Describe(), avoided, [.. directions, .. mixtures], [.. candidates.Remarks, .. remarks, .. lost]);
    }

    private int DefaultAvoided(Model model) => _options.Complement == SteeringComplement.Hessian
        ? HessianSteeringOptions.DefaultEigenvectors
        : JacobianComplement.DefaultCount(model.Network.Layout.Length);
}
