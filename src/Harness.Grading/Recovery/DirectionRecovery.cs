using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Recovery of directions. For planted i and submitted j with s_j directions Q_j: containment <c>C = ‖P_{S_i} Q_jᵀ‖²_F / s_j</c>, corrected for
/// chance <c>C̃ = max(0, (C − r_i/d)/(1 − r_i/d))</c>; coverage <c>E = tr(Q P G P Qᵀ) / Σ_{k ≤ min(s_j, r_i)} λ_k(G_i)</c>: how much of what matters
/// was found, against the best that s_j directions can do; <c>R</c> = their harmonic mean.
/// </summary>
/// <remarks>grading.md, axis 1. Index sets of any size are compared as sets; nothing of size P × P is formed.</remarks>
public static class DirectionRecovery
{
    /// <summary>Scores a pulled-back answer; subnetworks without directions do not take part.</summary>
    /// <param name="profile">The truth; at least two planted subnetworks.</param>
    /// <param name="subnetworks">Pulled back by <see cref="Gauge"/>.</param>
    public static RecoveryScore Score(TruthProfile profile, IReadOnlyList<Subnetwork> subnetworks)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(subnetworks);
        var alive = Liveness.OfDirections(subnetworks);
        var submitted = Enumerable.Range(0, alive.Length).Where(j => alive[j]).ToArray();
        var overlaps = new PairOverlaps(profile, [.. submitted.Select(j => subnetworks[j].Directions!)]);
        var pairs = new Pair[profile.Count, submitted.Length];
        for (var i = 0; i < profile.Count; i++)
            for (var j = 0; j < submitted.Length; j++)
                pairs[i, j] = Compare(profile, i, subnetworks[submitted[j]].Directions!.Dimension, overlaps.Size(i, j), overlaps.Captured(i, j));
        var dead = subnetworks.Count(one => one.Directions is not null) - submitted.Length;
        var shape = new AnswerShape(RecoveryColumn.Directions, [.. submitted.Select(j => subnetworks[j].Directions!.Dimension).Order()]);
        return Aggregation.Of(
            profile.Count, shape, dead, (i, j) => pairs[i, j].Score,
            (i, j) => Describe(profile, i, submitted[j], subnetworks[submitted[j]].Directions!, pairs[i, j]));
    }

    private static Pair Compare(TruthProfile profile, int i, long dimension, double size, double captured)
    {
        var (planted, sensitivity) = (profile.Truth.Subnetworks[i].Subspace, profile.Sensitivities[i]);
        var best = sensitivity.TopSum(Math.Min(dimension, planted.Dimension));
        return new Pair(
            Math.Min(1, size / dimension), (double)planted.Dimension / profile.SumDimension,
            Math.Clamp(captured / best, 0, 1), Math.Clamp(captured / sensitivity.Trace, 0, 1));
    }

    private static SubnetworkMatch Describe(TruthProfile profile, int i, int submitted, Subspace directions, Pair pair)
    {
        using var scope = NewDisposeScope();
        var shares = new Overlap(profile.Truth.Subnetworks[i].Subspace, directions).SharesByTensor(profile.Layout);
        var planted = profile.SensitivityShares[i];
        return new SubnetworkMatch(
            i, submitted, pair.Score, pair.Containment, pair.Coverage, pair.Extent,
            [.. profile.Layout.Select((slot, t) => new TensorShare(slot.Name, planted[t], shares[t]))]);
    }

    private readonly record struct Pair(double Containment, double Chance, double Coverage, double Extent)
    {
        private double Corrected => Math.Max(0, (Containment - Chance) / (1 - Chance));

        internal double Score => Corrected + Coverage > 0 ? 2 * Corrected * Coverage / (Corrected + Coverage) : 0;
    }
}
