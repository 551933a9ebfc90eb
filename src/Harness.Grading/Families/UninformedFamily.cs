using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;

namespace Harness.Grading;

/// <summary>
/// A way to answer without having looked at what the network does. Its members have the
/// number and shapes of the answer they stand beside, as far as the family has a choice.
/// </summary>
/// <param name="Name">Stable name, lower-case with dashes.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Column">The column that it applies to.</param>
/// <param name="IsRandom">Whether draws differ; otherwise all candidates count and the best is taken.</param>
/// <param name="Draw">
/// The candidate answers of one draw, or none where the family does not apply: a random family gives one, a deterministic one all that it has
/// (e.g. every scale t), from which the best is taken. Tensors belong to the caller's dispose scope.
/// </param>
public sealed record UninformedFamily(
    string Name, string Summary, RecoveryColumn Column, bool IsRandom, Func<FamilyContext, RandomSource, IEnumerable<IReadOnlyList<Subnetwork>>> Draw)
{
    /// <summary>
    /// Whether a draw is a Haar subspace: it takes work of order s²·P for every s directions, and its distribution survives rotations and no scales.
    /// Otherwise a draw survives permutations and scales: coordinate sets become coordinate sets, θ* becomes θ*, tensors stay themselves. Default false.
    /// </summary>
    public bool IsHaar { get; init; }

    /// <summary>Whether the family answers alike in two gauges that differ by this map.</summary>
    internal bool IsInvariantUnder(ILinearMap map) => map is IdentityMap || (IsHaar ? map.IsOrthogonal : map is MonomialMap);
}
