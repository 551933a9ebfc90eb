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
    /// <summary>The cross-entropy of guessing: ln of the number of classes.</summary>
    internal double Guessing { get; init; }

    /// <summary>
    /// Whether something broke and the rest still works: there is an exactly parallel part, and the network, as far away as it is, is better than guessing. On
    /// random weights a parallel part is soon found too, but there is nothing that could break or go on working.
    /// </summary>
    public bool IsCleanBreak => Subspace is not null && Chosen is { } chosen && chosen.End.CrossEntropy < Guessing;

    /// <summary>
    /// The top right singular vectors of ΔJ at the chosen displacement, as it is (methods.md M4, direction extraction), <c>[≤ 10, P]</c>; null: nothing was
    /// chosen.
    /// </summary>
    public Tensor? Changes { get; init; }

    /// <summary>All singular values of ΔJ there, descending: one subnetwork that moved shows as a gap.</summary>
    public IReadOnlyList<double> ChangeSpectrum { get; init; } = [];
}
