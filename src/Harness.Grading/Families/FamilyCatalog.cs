using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;

namespace Harness.Grading;

/// <summary>The uninformed families of grading.md, axis 1.</summary>
public static class FamilyCatalog
{
    /// <summary>All families.</summary>
    public static IReadOnlyList<UninformedFamily> All { get; } =
    [
        Directions("random-subspaces", "Gaussian (Haar) subspaces of the same dimensions.", true, RandomSubspaces) with { IsHaar = true },
        Directions("random-coordinates", "Random coordinate subspaces of the same dimensions.", true, RandomCoordinates),
        Directions("theta-star", "The direction of θ*, repeated.", false, ThetaDirection),
        Directions("whole-space", "The whole parameter space, repeated.", false, WholeSpace),
        Directions("name-prefix", "Tensors grouped by name, the best depth.", false, (context, _) => Blocks(Named(context))),
        Directions("connected-components", "Connected components of the non-zero weights.", false, (context, _) => Blocks(Connected(context))),
        Components("theta-star", "t·θ*, repeated, with the best t.", false, ThetaMultiples),
        Components("random-partition", "θ* cut into random sets of entries.", true, RandomPartition),
        Components("name-prefix", "θ* cut by tensor names, the best depth.", false, (context, _) => Cuts(context, Named(context))),
        Components(
            "connected-components", "θ* cut into the connected components of its non-zero weights.", false,
            (context, _) => Cuts(context, Connected(context))),
    ];

    private static UninformedFamily Directions(
        string name, string summary, bool isRandom, Func<FamilyContext, RandomSource, IEnumerable<IReadOnlyList<Subnetwork>>> draw) =>
        new(name, summary, RecoveryColumn.Directions, isRandom, draw);

    private static UninformedFamily Components(
        string name, string summary, bool isRandom, Func<FamilyContext, RandomSource, IEnumerable<IReadOnlyList<Subnetwork>>> draw) =>
        new(name, summary, RecoveryColumn.Components, isRandom, draw);

    private static IEnumerable<IReadOnlyList<Subnetwork>> RandomSubspaces(FamilyContext context, RandomSource random) =>
        [[.. context.Shape.Dimensions.Select(s =>
            Span(s == context.Length ? CoordinateSubspace.Whole(s) : Subspaces.Random(context.Length, s, random)))]];

    private static IEnumerable<IReadOnlyList<Subnetwork>> RandomCoordinates(FamilyContext context, RandomSource random) =>
        [[.. context.Shape.Dimensions.Select(s => Span(new CoordinateSubspace(
            context.Length, [.. random.Permutation((int)context.Length).Take((int)s).Order().Select(k => (long)k)])))]];

    private static IEnumerable<IReadOnlyList<Subnetwork>> ThetaDirection(FamilyContext context, RandomSource random)
    {
        var line = Span(DenseSubspace.Span(context.Parameters.unsqueeze(0)));
        return [[.. Enumerable.Repeat(line, context.Shape.Count)]];
    }

    private static IEnumerable<IReadOnlyList<Subnetwork>> WholeSpace(FamilyContext context, RandomSource random) =>
        [[.. Enumerable.Repeat(Span(CoordinateSubspace.Whole(context.Length)), context.Shape.Count)]];

    private static IEnumerable<IReadOnlyList<Subnetwork>> ThetaMultiples(FamilyContext context, RandomSource random) =>
        context.Scales.Select(t => (IReadOnlyList<Subnetwork>)
            [.. Enumerable.Repeat(new Subnetwork("t·θ*", component: context.Parameters * t), context.Shape.Count)]);

    private static IEnumerable<IReadOnlyList<Subnetwork>> RandomPartition(FamilyContext context, RandomSource random)
    {
        if (context.Shape.Count == 0)
            return [[]];
        var parts = Enumerable.Range(0, (int)context.Length).ToLookup(_ => random.NextInt32(context.Shape.Count), k => (long)k);
        return [[.. parts.OrderBy(part => part.Key).Select(part => Cut(context, new CoordinateSubspace(context.Length, [.. part])))]];
    }

    private static IReadOnlyList<IReadOnlyList<CoordinateSubspace>> Named(FamilyContext context) => NamePrefixes.Groupings(context.Network.Layout);

    private static IEnumerable<IReadOnlyList<CoordinateSubspace>> Connected(FamilyContext context) =>
        ConnectedWeights.Find(context.Network, context.Parameters, context.Inputs) is { } components ? [components] : [];

    private static IEnumerable<IReadOnlyList<Subnetwork>> Blocks(IEnumerable<IReadOnlyList<CoordinateSubspace>> groupings) =>
        groupings.Select(groups => (IReadOnlyList<Subnetwork>)[.. groups.Select(Span)]);

    private static IEnumerable<IReadOnlyList<Subnetwork>> Cuts(FamilyContext context, IEnumerable<IReadOnlyList<CoordinateSubspace>> groupings) =>
        groupings.Select(groups => (IReadOnlyList<Subnetwork>)[.. groups.Select(group => Cut(context, group))]);

    private static Subnetwork Span(Subspace subspace) => new("uninformed", subspace);

    private static Subnetwork Cut(FamilyContext context, CoordinateSubspace axes) => new("uninformed", component: context.Restrict(axes));
}
