using Harness.Decompositions;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Recovery of components. <c>D_ij = 2⟨p_j, c_i⟩/(‖p_j‖² + ‖c_i‖²)</c>, 1 only for the same vector: sign and scale count. Chance is the best multiple of
/// θ*, <c>D⁰_i = |cos(θ*, c_i)|</c>; <c>R_ij = max(0, (D_ij − D⁰_i)/(1 − D⁰_i))</c>.
/// </summary>
/// <remarks>
/// grading.md, axis 1. Everything is restricted to the tensors that the planted components sum to: the truth says nothing of the others, and a θ* that
/// carried them along would look further from every component than the null it stands for.
/// </remarks>
public static class ComponentRecovery
{
    /// <summary>Scores a pulled-back answer; subnetworks without a component do not take part.</summary>
    /// <param name="profile">The truth; at least two planted subnetworks, all with components.</param>
    /// <param name="subnetworks">Pulled back by <see cref="Gauge"/>.</param>
    /// <exception cref="ArgumentException">The truth has no components.</exception>
    public static RecoveryScore Score(TruthProfile profile, IReadOnlyList<Subnetwork> subnetworks)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(subnetworks);
        var planted = profile.Components ?? throw new ArgumentException("The truth has no components to recover.", nameof(profile));
        var alive = Liveness.OfComponents(subnetworks, profile.DecomposedMask);
        var submitted = Enumerable.Range(0, alive.Length).Where(j => alive[j]).ToArray();
        var dead = subnetworks.Count(one => one.Component is not null) - submitted.Length;
        var shape = new AnswerShape(RecoveryColumn.Components, [.. submitted.Select(_ => 1L)]);
        if (submitted.Length == 0)
            return new RecoveryScore(0, profile.Count, shape, dead, []);
        using var scope = NewDisposeScope();
        var answers = stack(submitted.Select(j => subnetworks[j].Component!)) * profile.DecomposedMask;
        var dice = Dice(planted, answers);
        var chance = profile.ComponentChance;
        double Score(int i, int j) => Math.Max(0, (dice[i, j] - chance[i]) / (1 - chance[i]));
        return Aggregation.Of(
            profile.Count, shape, dead, Score,
            (i, j) => new SubnetworkMatch(i, submitted[j], Score(i, j), dice[i, j], null, null, Shares(profile, planted[i], answers[j])));
    }

    /// <summary>All D_ij, <c>[m, n]</c>; 0, the limit for large p, where a square is no double.</summary>
    private static double[,] Dice(Tensor planted, Tensor answers)
    {
        using var scope = NewDisposeScope();
        var products = planted.matmul(answers.t()) * 2;
        var norms = planted.square().sum(1, keepdim: true) + answers.square().sum(1).unsqueeze(0);
        var ratios = products / norms;
        var flat = where(ratios.isfinite(), ratios, zeros_like(ratios)).contiguous().data<double>().ToArray();
        var dice = new double[planted.shape[0], answers.shape[0]];
        Buffer.BlockCopy(flat, 0, dice, 0, flat.Length * sizeof(double));
        return dice;
    }

    /// <summary>Shares of ‖c_i‖² and ‖p_j‖² in each tensor.</summary>
    private static IReadOnlyList<TensorShare> Shares(TruthProfile profile, Tensor planted, Tensor answer)
    {
        using var scope = NewDisposeScope();
        double[] Of(Tensor vector)
        {
            var total = vector.square().sum().ToDouble();
            return [.. profile.Layout.Select(slot => vector.narrow(0, slot.Offset, slot.Length).square().sum().ToDouble() / total)];
        }
        var (inPlant, inAnswer) = (Of(planted), Of(answer));
        return [.. profile.Layout.Select((slot, t) => new TensorShare(slot.Name, inPlant[t], inAnswer[t]))];
    }
}
