using Harness.Models;

namespace Harness.ToyModels;

/// <summary>Interchangeable hidden units of a network and every tensor axis that runs over them: all that is needed to build a disguise.</summary>
/// <param name="Count">Number of units.</param>
/// <param name="Axes">
/// Every axis of every tensor that runs over the units. One left out makes the disguise change the outputs.
/// </param>
/// <param name="IsHomogeneous">
/// Whether a positive rescaling of a unit can be undone in its outgoing weights: ReLU, square, linear.
/// Not SiLU or GELU, and not tied weights, where one tensor is both incoming and outgoing.
/// </param>
public sealed record HiddenUnits(int Count, IReadOnlyList<HiddenAxis> Axes, bool IsHomogeneous)
{
    /// <summary>
    /// Whether the units are coordinates of a linear space: nothing acts on them one by one, so any change of basis can be undone by whatever reads
    /// them, and the space admits rotations. Every axis then has <see cref="HiddenAxis.Power"/> +1 (contravariant) or −1 (covariant). A tied tensor,
    /// both incoming and outgoing, may be declared with either: under an orthogonal change the two are one. Default false.
    /// </summary>
    public bool IsLinear { get; init; }

    /// <summary>The disguises that hidden units admit: permutation always, rescaling if homogeneous and the loss has no weight decay, rotation if linear.</summary>
    public static IReadOnlyList<DisguiseKind> Admit(IReadOnlyList<HiddenUnits> units, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(loss);
        var kinds = new List<DisguiseKind>();
        if (units.Any(group => group.Count > 1))
            kinds.Add(DisguiseKind.Permute);
        // A rescaled minimum of a loss with weight decay is no minimum.
        if (units.Any(group => group.IsHomogeneous) && loss.WeightDecay == 0)
            kinds.Add(DisguiseKind.Rescale);
        // A rotation keeps ‖θ‖, and weight decay with it.
        if (units.Any(group => group.IsLinear && group.Count > 1))
            kinds.Add(DisguiseKind.Rotate);
        return kinds;
    }
}
