using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>What would be planted in a control if it were the model that it imitates. An answer that says so is wrong.</summary>
/// <param name="Kind">By what a claim is told.</param>
/// <param name="WouldBe">The false plant, undisguised; at least two subnetworks.</param>
/// <param name="Original">The imitated model; null where there is none of the same parameters.</param>
/// <remarks>toymodels.md, C. Tensors belong to the dispose scope in which it is made.</remarks>
internal sealed record ControlTruth(ControlKind Kind, IReadOnlyList<PlantedSubnetwork> WouldBe, ToyModel? Original)
{
    /// <summary>Families in which every weight matrix has a plant: the columns are the features' whatever their values are.</summary>
    private static readonly HashSet<string> s_trueOfAnyWeights = ["superposition", "compressed-computation"];

    /// <summary>Whether nothing is planted in a model, and a method passes by finding nothing.</summary>
    internal static bool IsControl(ToyModel model) => model.Truth.Grade == TruthGrade.None;

    /// <summary>The false plant of a control, disguised or not.</summary>
    /// <param name="control">A model for which <see cref="IsControl"/> holds.</param>
    /// <param name="parameters">Its θ*, undisguised, <c>[P]</c>.</param>
    internal static ControlTruth Of(ToyModel control, Tensor parameters)
    {
        if (OriginalOf(control) is not { } original)
            return new ControlTruth(ControlKind.Parts, Halves(control, parameters), null);
        return s_trueOfAnyWeights.Contains(Entry(original.Id).Family)
            ? new ControlTruth(ControlKind.Function, original.Truth.Subnetworks, original)
            : new ControlTruth(ControlKind.Recovery, [.. original.Truth.Subnetworks.Select(one => At(one, parameters))], original);
    }

    private static ToyModelEntry Entry(string id) => ToyModelCatalog.Entries.Single(entry => entry.Id == id);

    /// <summary>The model at whose architecture a control has random weights; null where the parameters are others.</summary>
    private static ToyModel? OriginalOf(ToyModel control)
    {
        if (!control.Id.StartsWith(RandomWeights.Prefix, StringComparison.Ordinal))
            return null;
        var id = control.Id[RandomWeights.Prefix.Length..];
        // As the control was made: the original of a trained model is that of seed 0.
        var original = ToyModelCatalog.Create(id, ToyModelTrainer.Ids.Contains(id) ? 0 : control.Seed);
        var (own, other) = (control.Model.Network.Layout, original.Model.Network.Layout);
        var same = own.Count == other.Count && own.Zip(other, (left, right) => left.Name == right.Name && left.Shape.SequenceEqual(right.Shape)).All(equal => equal);
        return same && original.Truth.Subnetworks.Count >= 2 ? original : null;
    }

    /// <summary>The same places with the control's weights.</summary>
    private static PlantedSubnetwork At(PlantedSubnetwork planted, Tensor parameters) =>
        planted with { Component = planted.Component is null ? null : planted.Subspace.Project(parameters.unsqueeze(0)).squeeze(0) };

    /// <summary>θ* cut in two.</summary>
    private static IReadOnlyList<PlantedSubnetwork> Halves(ToyModel control, Tensor parameters)
    {
        var layout = control.Model.Network.Layout;
        long[] entries = [.. control.Truth.DecomposedTensors.Select(name => layout[name])
            .SelectMany(slot => Enumerable.Range(0, (int)slot.Length).Select(k => slot.Offset + k)).Order()];
        var always = control.DataSets.ToDictionary(set => set.Name, set => Enumerable.Repeat(true, (int)set.Count).ToArray());
        return
        [
            .. new[] { entries[..(entries.Length / 2)], entries[(entries.Length / 2)..] }.Select((half, k) =>
            {
                var axes = new CoordinateSubspace(layout.Length, half);
                return new PlantedSubnetwork($"half {k}", axes, axes.Project(parameters.unsqueeze(0)).squeeze(0), always);
            }),
        ];
    }
}
