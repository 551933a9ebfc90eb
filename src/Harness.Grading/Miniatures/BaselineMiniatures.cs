using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// The first things one would try, with as many subnetworks as are planted. They look at the network, so they are no nulls and set no bar: where one of them does
/// well, a method that does no better has shown little.
/// </summary>
internal static class BaselineMiniatures
{
    internal static IReadOnlyList<Miniature> All { get; } =
    [
        Of("weight-svd", "The top singular vectors of each weight matrix: as many in all as there are plants, the largest first.", WeightVectors),
        Of("gradient-pca", "The leading principal components of per-sample gradients, one for each plant.", PrincipalComponents),
        Of("gradient-k-means", "The centres of a k-means of per-sample gradients, one for each plant.", Centres),
    ];

    private static Miniature Of(string name, string summary, Func<MiniatureContext, IReadOnlyList<Subnetwork>> answer) =>
        new(name, MethodRole.Baseline, summary, answer, MiniatureCatalog.HasSeveral);

    private static IReadOnlyList<Subnetwork> WeightVectors(MiniatureContext context)
    {
        var (layout, parts) = (context.Profile.Layout, new List<(double Size, Tensor Component)>());
        foreach (var slot in layout.Where(slot => slot.Shape.Count >= 2))
        {
            var (left, values, right) = linalg.svd(context.Parameters.narrow(0, slot.Offset, slot.Length).reshape(slot.Shape[0], -1), false);
            var sizes = values.data<double>().ToArray();
            for (var k = 0; k < Math.Min(sizes.Length, context.Planted.Count); k++)
            {
                var component = zeros(layout.Length, float64);
                component.narrow(0, slot.Offset, slot.Length).copy_((left.select(1, k).unsqueeze(1) * right[k].unsqueeze(0) * sizes[k]).reshape(-1));
                parts.Add((sizes[k], component));
            }
        }
        return
        [
            .. parts.OrderByDescending(part => part.Size).Take(context.Planted.Count)
                .Select(part => new Subnetwork("singular vectors", DenseSubspace.Span(part.Component.unsqueeze(0)), part.Component)),
        ];
    }

    private static IReadOnlyList<Subnetwork> PrincipalComponents(MiniatureContext context)
    {
        var gradients = PerSampleGradients.Of(context.Model.Model, context.Model.DataSets);
        var centred = gradients - gradients.mean([0], true);
        // The smaller of the two Gram matrices: samples are few.
        var (_, vectors) = linalg.eigh(centred.matmul(centred.t()));
        var count = Math.Min(context.Planted.Count, centred.shape[0]);
        return Lines(vectors.t().flip(0).narrow(0, 0, count).matmul(centred));
    }

    private static IReadOnlyList<Subnetwork> Centres(MiniatureContext context) =>
        Lines(KMeans.Centres(PerSampleGradients.Of(context.Model.Model, context.Model.DataSets), context.Planted.Count, context.Random));

    private static IReadOnlyList<Subnetwork> Lines(Tensor rows) =>
        [.. Enumerable.Range(0, (int)rows.shape[0]).Select(k => new Subnetwork("line", DenseSubspace.Span(rows.narrow(0, k, 1))))];
}
