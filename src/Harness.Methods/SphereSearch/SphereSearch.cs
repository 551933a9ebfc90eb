using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Sphere search (methods.md M4): as far from θ0 as a sphere in the Hessian's top eigenspace, with the least loss there. The cheapest way to be far away is to
/// break one subnetwork and leave the others alone, so the displacement of least cross-entropy shows which parameters belong together; they are frozen and
/// the search begins again.
/// </summary>
/// <remarks>
/// Sees model, data and loss only. Needs weight decay: without it all subnetworks grow together. As a decomposition: one subnetwork per round with a
/// clean break, its purified subspace. The seed document's procedure with the changes that methods.md measured to make it reliable (a centre that stays, a radius that is exact).
/// </remarks>
public sealed class SphereSearch(SphereSearchOptions? options = null) : IDecompositionMethod
{
    /// <summary>Directions that ΔJ gives of a displacement as it is (methods.md M4).</summary>
    private const int Extracted = 10;

    private readonly SphereSearchOptions _options = (options ?? new SphereSearchOptions()).Validated();

    /// <inheritdoc/>
    public MethodInfo Describe() => new(
        "sphere-search", "1", "Least loss on spheres in the Hessian's top eigenspace; what breaks together is a subnetwork. For classifiers with weight decay.", IsStochastic: true);

    /// <inheritdoc/>
    public bool AppliesTo(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return subject.Model.Loss is { Kind: LossKind.CrossEntropy, WeightDecay: > 0 };
    }

    /// <inheritdoc/>
    public Decomposition Decompose(Subject subject, MethodContext context)
    {
        using var scope = NewDisposeScope();
        var result = Search(subject, context);
        var subnetworks = result.Rounds.Where(round => round.IsCleanBreak)
            .Select((round, index) => new Subnetwork($"round {index}", round.Subspace!))
            .ToList();
        return new Decomposition(Describe(), subnetworks, new Dictionary<string, string>
        {
            ["ending"] = result.Ending, ["gradients"] = $"{result.Gradients}", ["products"] = $"{result.Products}",
        }).MoveToOuterDisposeScope();
    }

    /// <summary>The whole search; tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">The loss is no cross-entropy.</exception>
    public SphereSearchResult Search(Subject subject, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(context);
        if (subject.Model.Loss.Kind != LossKind.CrossEntropy)
            throw new ArgumentException($"Sphere search reads logits, so the loss must be a cross-entropy; it is {subject.Model.Loss.Kind}.", nameof(subject));
        using var scope = NewDisposeScope();
        var (model, data) = (subject.Model, subject.DataSets[0]);
        var walk = new SphereWalk(model, data, _options, context);
        var nothing = new DenseSubspace(zeros([0, model.Parameters.shape[0]], dtype: ScalarType.Float64));
        var (center, first) = (model.Parameters.detach(), new DeltaJacobian(model, data, model.Parameters.detach(), context));
        List<SphereRound> hops = [];
        for (var hop = 0; hop < _options.Hops; hop++)
        {
            var delta = hop == 0 ? first : new DeltaJacobian(model, data, center, context);
            hops.Add(Round(walk, delta, center, nothing, $"hop {hop}"));
            if (hops[^1].Chosen is not { } chosen)
                break;
            center = center + chosen.End.Displacement;
        }
        var (rounds, ending) = Freeze(walk, first, hops[0], context);
        return new SphereSearchResult(hops, rounds, walk.Gradients, walk.Products, ending).MoveToOuterDisposeScope();
    }

    private SphereRound Round(SphereWalk walk, DeltaJacobian delta, Tensor center, Subspace frozen, string stream)
    {
        var paths = walk.From(center, frozen, stream);
        var chosen = paths.Where(path => path.End.Growth < _options.MostGrowth && double.IsFinite(path.End.CrossEntropy)).MinBy(path => path.End.CrossEntropy);
        var round = new SphereRound(center, paths, chosen, null, 0, 1);
        if (chosen is null)
            return round;
        var (changes, spectrum) = DeltaJacobian.TopRight(delta.At(chosen.End.Displacement), Extracted);
        return round with { Changes = changes, ChangeSpectrum = spectrum, Guessing = Math.Log(delta.OutputCount) };
    }

    private (List<SphereRound> Rounds, string Ending) Freeze(SphereWalk walk, DeltaJacobian delta, SphereRound first, MethodContext context)
    {
        var whole = delta.Origin.square().sum().ToDouble();
        var frozen = new DenseSubspace(zeros([0, first.Center.shape[0]], dtype: ScalarType.Float64));
        List<SphereRound> rounds = [];
        for (var number = 0; number < _options.Rounds; number++)
        {
            var round = number == 0 ? first : Round(walk, delta, first.Center, frozen, $"round {number}");
            if (round.Chosen is not { } chosen)
                return ([.. rounds, round], $"round {number}: no search ended with logits of the old size");
            var random = RandomSource.Named(context.Seed, $"closure {number}");
            if (Purification.Of(delta, chosen.End.Displacement, frozen, random, context.Cancellation) is not { } found)
                return ([.. rounds, round], $"round {number}: no gap in ΔJ, so what moved is not exactly parallel to the rest");
            frozen = DenseSubspace.Span(cat([frozen.Basis(), found.Space.Basis()], 0));
            var left = frozen.ProjectOff(delta.Origin).square().sum().ToDouble() / whole;
            rounds.Add(round with { Subspace = found.Space, Captured = found.Captured, Remaining = left });
            if (left < Purification.NothingLeft)
                return (rounds, $"everything is frozen after {number + 1} rounds");
        }
        return (rounds, $"stopped after {_options.Rounds} rounds");
    }
}
