using Harness.Decompositions;
using Harness.Models;
using Harness.ToyModels;

namespace Harness.Grading;

/// <summary>An answer that can be graded, pulled back to the undisguised gauge, with the planted subnetworks that it was matched to.</summary>
/// <param name="Profile">The truth.</param>
/// <param name="Model">The network at θ*, undisguised.</param>
/// <param name="DataSets">The model's data sets.</param>
/// <param name="Subnetworks">As handed in, pulled back by <see cref="Gauge"/>.</param>
/// <param name="Matches">At most one submitted subnetwork for each planted one, by recovery of components where it is defined, otherwise of directions.</param>
public sealed record GradedAnswer(
    TruthProfile Profile, Model Model, IReadOnlyList<DataSet> DataSets, IReadOnlyList<Subnetwork> Subnetworks, IReadOnlyList<SubnetworkMatch> Matches)
{
    /// <summary>Ends the reading of an axis that takes long.</summary>
    internal CancellationToken Cancellation { get; init; }

    /// <summary>The planted subnetworks.</summary>
    public IReadOnlyList<PlantedSubnetwork> Planted => Profile.Truth.Subnetworks;

    /// <summary>The submitted subnetwork that was matched to planted subnetwork i; null: none.</summary>
    public Subnetwork? MatchOf(int planted) =>
        Matches.FirstOrDefault(match => match.Planted == planted) is { } match ? Subnetworks[match.Submitted] : null;

    /// <summary>The planted subnetwork that submitted subnetwork j was matched to; null: none.</summary>
    public PlantedSubnetwork? PlantOf(int submitted) =>
        Matches.FirstOrDefault(match => match.Submitted == submitted) is { } match ? Planted[match.Planted] : null;

    /// <summary>Whether at least one subnetwork has a component.</summary>
    internal bool HasComponents => Subnetworks.Any(one => one.Component is not null);

    /// <summary>Whether at least one subnetwork claims an activity.</summary>
    internal bool ClaimsActivity => Subnetworks.Any(one => one.Activity is { Count: > 0 });
}
