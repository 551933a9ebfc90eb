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
        var candidates = Eigenspace(subject.Model, subject.Data(task.Ablate), _options.Candidates, context);
        return [.. Avoided(subject.Model, subject.Data(task.Keep), counts, context).Select(avoided => Answer(candidates, avoided.Space, avoided.Remarks).MoveToOuterDisposeScope())];
    }

    /// <summary>A data set's top eigenvectors; tensors belong to the caller's dispose scope.</summary>
    internal TopEigenspace Eigenspace(Model model, DataSet data, int count, MethodContext context)
    {
        TopEigenspace Solve() => TopEigenspace.Of(
            new LossLandscape(model.Network, model.Loss, data, new LandscapeOptions(DataType: _options.DataType, Device: context.Device)),
            model.Parameters, count, _options.OffGradient, context.Seed, context.Progress, context.Cancellation);
        return cache is null ? Solve() : cache.Get(data.Name, _options.OffGradient, count, Solve);
    }

    /// <summary>The certified top eigenvectors of a data set, <c>[k, P]</c> in the caller's dispose scope; clusters whole.</summary>
    public Tensor Eigenvectors(Subject subject, string set, int count, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        return Eigenspace(subject.Model, subject.Data(set), count, context).Vectors().MoveToOuterDisposeScope();
    }

    /// <summary>The subspace that steps stay off so that a data set is kept; its tensors belong to the caller's dispose scope.</summary>
    internal Subspace Avoided(Model model, DataSet keep, MethodContext context) =>
        Avoided(model, keep, [_options.Avoided ?? DefaultAvoided(model)], context)[0].Space;

    private IReadOnlyList<(Subspace Space, IReadOnlyList<string> Remarks)> Avoided(Model model, DataSet keep, IReadOnlyList<int> counts, MethodContext context)
    {
        using var scope = NewDisposeScope();
        if (_options.Complement == SteeringComplement.Hessian)
        {
            var eigenspace = Eigenspace(model, keep, counts.Max(), context);
            return [.. counts.Select(eigenspace.First).Select(first => (first.Span().MoveToOuterDisposeScope(), first.Remarks))];
        }
        var samples = Math.Clamp(counts.Max() / 2, HessianSteeringOptions.FewestProbedSamples, HessianSteeringOptions.MostProbedSamples);
        var rows = ProbeGradients.Rows(model, keep, samples, HessianSteeringOptions.ProbesPerSample, _options.DataType, context);
        var widest = ProbeGradients.TopRightVectors(rows, (int)Math.Min(counts.Max(), rows.shape[0]));
        return [.. counts.Select(count =>
        {
            var space = new DenseSubspace(widest.Basis().narrow(0, 0, Math.Min(count, widest.Dimension)).clone());
            IReadOnlyList<string> remarks = space.Dimension == count
                ? []
                : [$"gradients of {keep.Name}: {rows.shape[0]} of them span {space.Dimension} directions, fewer than the {count} asked for"];
            return (space.MoveToOuterDisposeScope(), remarks);
        })];
    }

    private SteeringAnswer Answer(TopEigenspace candidates, Subspace avoided, IReadOnlyList<string> remarks)
    {
        var (directions, lost) = ProjectedDirections.Of(avoided, candidates.Vectors(), index => $"v{index}");
        var mixtures = ProjectedDirections.Mixtures(avoided, [.. directions.Take(_options.Mixed)]);
        return new SteeringAnswer(Describe(), avoided, [.. directions, .. mixtures], [.. candidates.Remarks, .. remarks, .. lost]);
    }

    private int DefaultAvoided(Model model) => _options.Complement == SteeringComplement.Hessian
        ? HessianSteeringOptions.DefaultEigenvectors
        : (int)(HessianSteeringOptions.DefaultJacobianShare * model.Network.Layout.Length);
}
