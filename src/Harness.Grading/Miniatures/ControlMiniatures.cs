using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>The truth with a known fault. Scores must fall in a known order between the oracle and the nulls.</summary>
internal static class ControlMiniatures
{
    private const long Rank = 10;

    internal static IReadOnlyList<Miniature> All { get; } =
    [
        Of("oracle-noise-1", "The 10 most sensitive directions and the component of each plant, with 1 % Gaussian noise.", context => Noisy(context, 0.01)),
        Of("oracle-noise-10", "The same with 10 % noise.", context => Noisy(context, 0.1)),
        Of("oracle-noise-50", "The same with 50 % noise.", context => Noisy(context, 0.5)),
        Of("oracle-noise-100", "The same with 100 % noise.", context => Noisy(context, 1)),
        Of("oracle-duplicated", "The truth with the first plant twice.", context => [.. context.Each(context.Exact), context.Exact(0)]),
        Of("oracle-dropped", "The truth without its first plant.", context => [.. context.Each(context.Exact).Skip(1)]),
        Of("oracle-replaced", "The truth with a random answer in place of its first plant.",
            context => [RandomAnswer(context, 0), .. context.Each(context.Exact).Skip(1)]),
        Of("oracle-merged", "The truth with its first two plants as one.", Merged),
        Of("oracle-one-exact", "The first plant exactly, and random answers for the others.",
            context => [context.Exact(0), .. context.Each(i => RandomAnswer(context, i)).Skip(1)]),
        Components("components-doubled", "The planted components, twice as large.", 2),
        Components("components-flipped", "The planted components with the opposite sign.", -1),
        Of("zeros", "Zero directions and zero components.", context => context.Each(_ => Zero(context))),
        Of("empty", "No subnetwork at all; must be an error.", _ => []),
        Of("nan", "Components that are not a number; must be an error.",
            context => context.Each(_ => new Subnetwork("nan", component: Full(context, double.NaN)))),
        Of("wrong-shape", "Components with one entry too many; must be an error.",
            context => context.Each(_ => new Subnetwork("wrong", component: zeros(context.Length + 1, float64)))),
        Of("truncated-file", "The truth in a file that is cut in half; must be an error.",
            context => TruncatedFile.Of(context, context.Each(i => context.Answer("half", null, context.Planted[i].Component ?? context.TopDirections(i, 1).squeeze(0))))),
        Of("oversized", "More subnetworks than are graded; must be an error.",
            context => [.. Enumerable.Repeat(
                new Subnetwork("one axis", new CoordinateSubspace(context.Length, [0])), DecompositionValidation.MostSubnetworks + 1)]),
    ];

    private static Miniature Of(string name, string summary, Func<MiniatureContext, IReadOnlyList<Subnetwork>> answer) =>
        new(name, MethodRole.Control, summary, answer, MiniatureCatalog.HasSeveral);

    private static Miniature Components(string name, string summary, double factor) => new(
        name, MethodRole.Control, summary, context => context.Each(i => context.Answer(name, null, context.Planted[i].Component! * factor)),
        MiniatureCatalog.HasComponents);

    /// <summary>Noise of norm σ for each direction and of norm σ‖c‖ for the component, spread over all parameters.</summary>
    private static IReadOnlyList<Subnetwork> Noisy(MiniatureContext context, double level) => context.Each(i =>
    {
        var rows = context.TopDirections(i, Rank);
        var component = context.Planted[i].Component;
        return context.Answer(
            "noisy", DenseSubspace.Span(rows + UnitNoise(context, rows.shape[0]) * level),
            component is null ? null : component + UnitNoise(context, 1).squeeze(0) * (level * component.norm()));
    });

    private static Tensor UnitNoise(MiniatureContext context, long rows)
    {
        var noise = tensor(context.Random.Gaussians(rows * context.Length), [rows, context.Length]);
        return noise / noise.square().sum(1, keepdim: true).sqrt();
    }

    /// <summary>A Haar subspace of rank 10 and a Gaussian component of the plant's norm.</summary>
    private static Subnetwork RandomAnswer(MiniatureContext context, int i)
    {
        var component = context.Planted[i].Component;
        return new Subnetwork(
            "random", Subspaces.Random(context.Length, Math.Min(Rank, context.Length), context.Random),
            component is null ? null : UnitNoise(context, 1).squeeze(0) * component.norm());
    }

    private static IReadOnlyList<Subnetwork> Merged(MiniatureContext context)
    {
        var (first, second) = (context.Planted[0], context.Planted[1]);
        var both = context.Answer(
            "merged", Subspaces.Sum([first.Subspace, second.Subspace]),
            first.Component is null || second.Component is null ? null : first.Component + second.Component);
        return [both, .. context.Each(context.Exact).Skip(2)];
    }

    private static Subnetwork Zero(MiniatureContext context) => new("zero", DenseSubspace.Span(zeros(1, context.Length, float64)), Full(context, 0));

    private static Tensor Full(MiniatureContext context, double value) => full(context.Length, value, float64);
}
