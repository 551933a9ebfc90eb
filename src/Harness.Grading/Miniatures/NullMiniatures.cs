using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Answers that know nothing of the truth.</summary>
internal static class NullMiniatures
{
    internal static IReadOnlyList<Miniature> All { get; } =
    [
        Anywhere("theta-star", "θ* as the only subnetwork.", context => [Theta(context)]),
        Of("theta-star-repeated", "θ*, once for each plant.", context => context.Each(_ => Theta(context))),
        Anywhere("whole-space", "The whole parameter space as one subnetwork.", context => [Whole(context)]),
        Of("whole-space-repeated", "The whole parameter space, once for each plant.", context => context.Each(_ => Whole(context))),
        Of("random-directions", "A random subspace of rank 10 for each plant.", context => RandomDirections(context, 10)),
        Of("random-directions-1", "A random direction for each plant.", context => RandomDirections(context, 1)),
        Of("truth-rotated", "The truth after a random rotation of parameter space: random subspaces of its dimensions, at most 64 each.", Rotated),
        Of("per-tensor", "One subnetwork for each tensor.", context => [.. context.Profile.Layout.Select(slot => Block(context, Entries(slot)))]),
        Of("per-parameter", "One subnetwork for each parameter.", PerParameter,
            model => model.Model.Network.Layout.Length <= DecompositionValidation.MostSubnetworks),
        Of("per-neuron", "One subnetwork for each hidden unit.", PerNeuron, model => model.HiddenUnits.Count > 0),
        Of("output-bias", "One subnetwork for each entry of the last bias.", OutputBias, model => LastBias(model) is not null),
    ];

    private static Miniature Of(
        string name, string summary, Func<MiniatureContext, IReadOnlyList<Subnetwork>> answer, Func<ToyModel, bool>? needs = null) =>
        new(name, MethodRole.Null, summary, answer, model => MiniatureCatalog.HasSeveral(model) && (needs?.Invoke(model) ?? true));

    /// <summary>Also on controls, where there is no plant to repeat it for.</summary>
    private static Miniature Anywhere(string name, string summary, Func<MiniatureContext, IReadOnlyList<Subnetwork>> answer) =>
        new(name, MethodRole.Null, summary, answer, model => MiniatureCatalog.HasSeveral(model) || ControlTruth.IsControl(model));

    private static Subnetwork Theta(MiniatureContext context) =>
        new("θ*", DenseSubspace.Span(context.Parameters.unsqueeze(0)), context.Parameters);

    private static Subnetwork Whole(MiniatureContext context) => new("whole", CoordinateSubspace.Whole(context.Length));

    private static IReadOnlyList<Subnetwork> RandomDirections(MiniatureContext context, long rank) =>
        context.Each(_ => new Subnetwork("random", Subspaces.Random(context.Length, Math.Min(rank, context.Length), context.Random)));

    private static IReadOnlyList<Subnetwork> Rotated(MiniatureContext context) => context.Each(i => new Subnetwork(
        "rotated", Subspaces.Random(context.Length, Math.Min(context.Planted[i].Subspace.Dimension, OracleMiniatures.WrittenDirections(context)), context.Random)));

    private static IReadOnlyList<Subnetwork> PerParameter(MiniatureContext context) =>
        [.. Enumerable.Range(0, (int)context.Length).Select(k => new Subnetwork("parameter", new CoordinateSubspace(context.Length, [k])))];

    private static IReadOnlyList<Subnetwork> PerNeuron(MiniatureContext context) =>
        [.. context.Model.HiddenUnits.SelectMany(group => Enumerable.Range(0, group.Count).Select(unit => Block(context, Entries(context, group, unit))))];

    private static IReadOnlyList<Subnetwork> OutputBias(MiniatureContext context) =>
        [.. Entries(LastBias(context.Model)!).Select(k => Block(context, [k]))];

    private static ParameterSlot? LastBias(ToyModel model) => model.Model.Network.Layout.LastOrDefault(slot => slot.Shape.Count == 1);

    /// <summary>A set of entries of the parameters that methods see, and θ* restricted to it.</summary>
    private static Subnetwork Block(MiniatureContext context, IEnumerable<long> entries)
    {
        var axes = new CoordinateSubspace(context.Length, [.. entries.Distinct().Order()]);
        return new Subnetwork("block", axes, axes.Project(context.Parameters.unsqueeze(0)).squeeze(0));
    }

    private static IEnumerable<long> Entries(ParameterSlot slot) => Enumerable.Range(0, (int)slot.Length).Select(k => slot.Offset + k);

    /// <summary>The parameters of one unit; an axis may also run over a constant.</summary>
    private static IEnumerable<long> Entries(MiniatureContext context, HiddenUnits group, int unit) => group.Axes
        .Where(axis => context.Profile.Layout.Contains(axis.Tensor))
        .SelectMany(axis => Along(context.Profile.Layout[axis.Tensor], axis.Axis, axis.Start + unit));

    /// <summary>Flat indices of the entries with a given position along an axis.</summary>
    private static IEnumerable<long> Along(ParameterSlot slot, int axis, int position)
    {
        var stride = slot.Shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        return Entries(slot).Where(k => (k - slot.Offset) / stride % slot.Shape[axis] == position);
    }
}
