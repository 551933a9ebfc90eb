using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>One round of a sphere search: what broke around a centre, and what was frozen for it.</summary>
/// <param name="Center">θ0 of the round, <c>[P]</c>.</param>
/// <param name="Paths">All searches.</param>
/// <param name="Chosen">The one of least cross-entropy whose logits did not grow; null: none, and nothing was found.</param>
/// <param name="Subspace">The purified subspace, <c>[r, P]</c>; null: not exactly parallel, or not asked for.</param>
/// <param name="Captured">Share of the chosen displacement's squared length in it.</param>
/// <param name="Remaining">‖J0(1 − FFᵀ)‖²/‖J0‖² after the round: what of the network is not frozen yet.</param>
public sealed record SphereRound(
    Tensor Center, IReadOnlyList<SpherePath> Paths, SpherePath? Chosen, DenseSubspace? Subspace, double Captured, double Remaining)
{
    /// <summary>Least share of a displacement that one exactly parallel part has to hold if it is to be called a break of that part: half.</summary>
    internal const double LeastCaptured = 0.5;

    /// <summary>
    /// Whether one part broke: it holds at least half of the displacement. Where a displacement lies here and there, what is purified from it may be parallel
    /// to the rest, but the search has not found it.
    /// </summary>
    public bool IsCleanBreak => Subspace is not null && Captured >= LeastCaptured;

    /// <summary>
    /// The top right singular vectors of ΔJ at the chosen displacement, as it is (methods.md M4, direction extraction), <c>[≤ 10, P]</c>; null: nothing was
    /// chosen.
    /// </summary>
    public Tensor? Changes { get; init; }

    /// <summary>All singular values of ΔJ there, descending: one subnetwork that moved shows as a gap.</summary>
    public IReadOnlyList<double> ChangeSpectrum { get; init; } = [];
}
