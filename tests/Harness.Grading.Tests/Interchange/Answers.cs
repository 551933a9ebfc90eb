using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;

namespace Harness.Grading.Tests;

/// <summary>Answers that a test writes into an export, under the exported names, as a foreign method would.</summary>
internal static class Answers
{
    internal const string Tool = "harness test";

    /// <summary>Writes the planted truth as the answer of every case.</summary>
    internal static void WriteTruth(string export)
    {
        foreach (var (id, entry) in ExportKey.Read(ExportKey.PathFor(export)).Cases)
        {
            var model = entry.Recipe.Build();
            var names = new ExportedNames(model.Model.Network.Layout, entry.Parameters);
            var decomposition = Truth(model);
            DecompositionFile.Write(
                Path.Combine(export, id, DecompositionFile.Name),
                decomposition with { Subnetworks = [.. decomposition.Subnetworks.Select(one => Moved(one, names.Map))] }, names.Layout, id, 0);
        }
    }

    /// <summary>The truth in the gauge of the (disguised) model.</summary>
    internal static Decomposition Truth(ToyModel model) => new(
        new MethodInfo("truth", "1", "The planted truth.", false),
        [
            .. model.Truth.Subnetworks
                .Select(planted => new Subnetwork(planted.Name, planted.Subspace, planted.Component))
                .Select(one => model.Disguise is { } map ? Moved(one, map) : one),
        ],
        new Dictionary<string, string>());

    private static Subnetwork Moved(Subnetwork subnetwork, ILinearMap map) => subnetwork with
    {
        Directions = Subspaces.Transform(map, subnetwork.Directions!, inverse: false),
        Component = map.Apply(subnetwork.Component!.unsqueeze(0)).squeeze(0),
    };
}
