using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>The truth in several forms. Each must score 1 on every model and disguise.</summary>
internal static class OracleMiniatures
{
    /// <summary>Directions written out of a subspace at most.</summary>
    private const long MostWritten = 64;

    /// <summary>Numbers that a written-out answer takes at most (128 MiB): the grader holds a few copies of it.</summary>
    private const long MostNumbers = 1L << 24;

    /// <summary>Directions written out where the subspaces have more: the most sensitive ones.</summary>
    internal static long WrittenDirections(MiniatureContext context) => Math.Clamp(MostNumbers / (context.Planted.Count * context.Length), 1, MostWritten);

    internal static IReadOnlyList<Miniature> All { get; } =
    [
        Of("oracle", "The truth: subspaces, and components where there are any.", context => context.Each(context.Exact)),
        Of("oracle-directions", "The planted subspaces only.", context => context.Each(i => context.Answer("oracle", context.Planted[i].Subspace, null))),
        new("oracle-components", MethodRole.Oracle, "The planted components only.",
            context => context.Each(i => context.Answer("oracle", null, context.Planted[i].Component)), MiniatureCatalog.HasComponents),
        Of("oracle-active", "The truth with its activity.", context => context.Each(i => context.Exact(i) with { Activity = Activity(context.Planted[i]) })),
        Of("oracle-reordered", "The truth in a random order.", Reordered),
        Of("oracle-rebased", "The planted subspaces in a random basis with random signs and scales.", context => context.Each(i => Rebased(context, i))),
        Of("disguised-oracle", "The truth written out and carried through the case's disguise row by row; the identity where it has none.",
            context => context.Each(i => Disguised(context, i))),
        Of("oracle-top-1", "The most sensitive direction of each planted subspace.", context => Top(context, 1)),
        Of("oracle-top-10", "The 10 most sensitive directions of each planted subspace.", context => Top(context, 10)),
    ];

    private static Miniature Of(string name, string summary, Func<MiniatureContext, IReadOnlyList<Subnetwork>> answer) =>
        new(name, MethodRole.Oracle, summary, answer, MiniatureCatalog.HasSeveral);

    private static IReadOnlyDictionary<string, double[]> Activity(PlantedSubnetwork planted) =>
        planted.Activity.ToDictionary(set => set.Key, set => set.Value.Select(active => active ? 1.0 : 0).ToArray());

    private static IReadOnlyList<Subnetwork> Reordered(MiniatureContext context) =>
        [.. context.Random.Permutation(context.Planted.Count).Select(context.Exact)];

    private static IReadOnlyList<Subnetwork> Top(MiniatureContext context, long count) =>
        context.Each(i => context.Answer("top", DenseSubspace.Span(context.TopDirections(i, count)), null));

    /// <summary>Rows of a Gaussian mixture span the same subspace and are neither orthogonal nor of unit length.</summary>
    private static Subnetwork Rebased(MiniatureContext context, int i)
    {
        var rows = context.TopDirections(i, WrittenDirections(context));
        var mixture = tensor(context.Random.Gaussians(rows.shape[0] * rows.shape[0]), [rows.shape[0], rows.shape[0]]);
        return context.Answer("rebased", DenseSubspace.Span(mixture.matmul(rows)), null);
    }

    /// <summary>Goes round every exact rule for maps and subspaces: rows go through T one by one and are orthonormalised afterwards.</summary>
    private static Subnetwork Disguised(MiniatureContext context, int i)
    {
        var rows = context.TopDirections(i, WrittenDirections(context));
        var pushed = stack(Enumerable.Range(0, (int)rows.shape[0]).Select(k => context.Push(rows[k])));
        return new Subnetwork("disguised", DenseSubspace.Span(pushed), context.Planted[i].Component is { } c ? context.Push(c) : null);
    }
}
