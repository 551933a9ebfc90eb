using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Builds planted subnetworks that are coordinate blocks.</summary>
internal static class Plants
{
    /// <summary>A block of parameters whose component is θ* restricted to it.</summary>
    internal static PlantedSubnetwork Block(
        string name, long ambient, IEnumerable<long> indices, Tensor parameters, IReadOnlyDictionary<string, bool[]> activity, Subspace? effect = null)
    {
        var subspace = Coordinates(ambient, indices);
        return new PlantedSubnetwork(name, subspace, Restrict(parameters, subspace), activity, effect);
    }

    /// <summary>The span of some coordinates, in any order.</summary>
    internal static CoordinateSubspace Coordinates(long ambient, IEnumerable<long> indices) => new(ambient, [.. indices.Order()]);

    /// <summary>θ <c>[P]</c> with every entry outside the subspace set to zero.</summary>
    internal static Tensor Restrict(Tensor parameters, CoordinateSubspace subspace)
    {
        using var scope = NewDisposeScope();
        return subspace.Project(parameters.unsqueeze(0)).squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>Used on every sample.</summary>
    internal static IReadOnlyDictionary<string, bool[]> AlwaysActive(DataSet data) =>
        new Dictionary<string, bool[]> { [data.Name] = [.. Enumerable.Repeat(true, checked((int)data.Count))] };
}
