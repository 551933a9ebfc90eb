using Harness.Numerics;

namespace Harness.ToyModels.Tests;

/// <summary>Wrong truths, made from right ones whose subnetworks are coordinate blocks.</summary>
internal static class Mutations
{
    /// <summary>Two coordinates, one of each of two subnetworks, change places.</summary>
    internal static ToyModel WithCoordinatesExchanged(this ToyModel model, (int Subnetwork, long Coordinate) one, (int Subnetwork, long Coordinate) other)
    {
        var mutant = model.WithBlock(one.Subnetwork, [.. Indices(model, one.Subnetwork).Except([one.Coordinate]), other.Coordinate]);
        return mutant.WithBlock(other.Subnetwork, [.. Indices(model, other.Subnetwork).Except([other.Coordinate]), one.Coordinate]);
    }

    /// <summary>A subnetwork without one of its coordinates.</summary>
    internal static ToyModel WithoutCoordinate(this ToyModel model, int subnetwork, long coordinate) =>
        model.WithBlock(subnetwork, [.. Indices(model, subnetwork).Except([coordinate])]);

    /// <summary>A subnetwork is another block of parameters, with θ* on it as its component.</summary>
    internal static ToyModel WithBlock(this ToyModel model, int subnetwork, IEnumerable<long> indices)
    {
        var subspace = new CoordinateSubspace(model.Model.Network.Layout.Length, [.. indices.Order()]);
        return model.WithSubnetwork(subnetwork, planted => planted with
        {
            Subspace = subspace, Component = subspace.Project(model.Model.Parameters.unsqueeze(0)).squeeze(0),
        });
    }

    /// <summary>Every activity of a subnetwork is the next sample's.</summary>
    internal static ToyModel WithActivityShifted(this ToyModel model, int subnetwork) => model.WithSubnetwork(subnetwork, planted => planted with
    {
        Activity = planted.Activity.ToDictionary(set => set.Key, set => (bool[])[.. set.Value.Skip(1), set.Value[0]]),
    });

    /// <summary>Two subnetworks have each other's names.</summary>
    internal static ToyModel WithSubnetworksExchanged(this ToyModel model, int one, int other)
    {
        var planted = model.Truth.Subnetworks.ToArray();
        (planted[one], planted[other]) = (planted[other], planted[one]);
        return model with { Truth = model.Truth with { Subnetworks = planted } };
    }

    internal static IReadOnlyList<long> Indices(ToyModel model, int subnetwork) =>
        ((CoordinateSubspace)model.Truth.Subnetworks[subnetwork].Subspace).Indices;

    private static ToyModel WithSubnetwork(this ToyModel model, int subnetwork, Func<PlantedSubnetwork, PlantedSubnetwork> change)
    {
        var planted = model.Truth.Subnetworks.ToArray();
        planted[subnetwork] = change(planted[subnetwork]);
        return model with { Truth = model.Truth with { Subnetworks = planted } };
    }
}
