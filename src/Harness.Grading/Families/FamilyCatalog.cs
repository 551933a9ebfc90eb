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
        new("random-subspaces", "Gaussian (Haar) subspaces of the same dimensions.", RecoveryColumn.Directions, true, RandomSubspaces) { IsHaar = true },
        new("random-coordinates", "Random coordinate subspaces of the same dimensions.", RecoveryColumn.Directions, true, RandomCoordinates),
        new("theta-star", "The direction of θ*, repeated.", RecoveryColumn.Directions, false, ThetaDirection),
        new("whole-space", "The whole parameter space, repeated.", RecoveryColumn.Directions, false, WholeSpace),
        new("name-prefix", "Tensors grouped by name, the best depth.", RecoveryColumn.Directions, false, (context, _) => Blocks(NamePrefixes.Groupings(context.Network.Layout))),
        new("connected-components", "Connected components of the non-zero weights.", RecoveryColumn.Directions, false, (context, _) => Blocks(Connected(context))),
        new("theta-star", "t·θ*, repeated, with the best t.", RecoveryColumn.Components, false, ThetaMultiples),
        new("random-partition", "θ* cut into random sets of entries.", RecoveryColumn.Components, true, RandomPartition),
        new("name-prefix", "θ* cut by tensor names, the best depth.", RecoveryColumn.Components, false, (context, _) => Cuts(context, NamePrefixes.Groupings(context.Network.Layout))),
        new("connected-components", "θ* cut into the connected components of its non-zero weights.", RecoveryColumn.Components, false, (context, _) => Cuts(context, Connected(context))),
    ];

    private static IEnumerable<IReadOnlyList<Subnetwork>> RandomSubspaces(FamilyContext context, RandomSource random) =>
        [[.. context.Shape.Dimensions.Select(s => Directions(s == context.Length ? CoordinateSubspace.Whole(s) : Subspaces.Random(context.Length, s, random)))]];

    private static IEnumerable<IReadOnlyList<Subnetwork>> RandomCoordinates(FamilyContext context, RandomSource random) =>
        [[.. context.Shape.Dimensions.Select(s => Directions(new CoordinateSubspace(
            context.Length, [.. random.Permutation((int)context.Length).Take((int)s).Order().Select(k => (long)k)])))]];

    private static IEnumerable<IReadOnlyList<Subnetwork>> ThetaDirection(FamilyContext context, RandomSource random)
    {
        var line = Directions(DenseSubspace.Span(context.Parameters.unsqueeze(0)));
        return [[.. Enumerable.Repeat(line, context.Shape.Count)]];
    }

    private static IEnumerable<IReadOnlyList<Subnetwork>> WholeSpace(FamilyContext context, RandomSource random) =>
        [[.. Enumerable.Repeat(Directions(CoordinateSubspace.Whole(context.Length)), context.Shape.Count)]];

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

    private static IEnumerable<IReadOnlyList<CoordinateSubspace>> Connected(FamilyContext context) =>
        ConnectedWeights.Find(context.Network, context.Parameters, context.Inputs) is { } components ? [components] : [];

    private static IEnumerable<IReadOnlyList<Subnetwork>> Blocks(IEnumerable<IReadOnlyList<CoordinateSubspace>> groupings) =>
        groupings.Select(groups => (IReadOnlyList<Subnetwork>)[.. groups.Select(Directions)]);

    private static IEnumerable<IReadOnlyList<Subnetwork>> Cuts(FamilyContext context, IEnumerable<IReadOnlyList<CoordinateSubspace>> groupings) =>
        groupings.Select(groups => (IReadOnlyList<Subnetwork>)[.. groups.Select(group => Cut(context, group))]);

    private static Subnetwork Directions(Subspace subspace) => new("uninformed", subspace);

    private static Subnetwork Cut(FamilyContext context, CoordinateSubspace axes) => new("uninformed", component: context.Restrict(axes));
}
