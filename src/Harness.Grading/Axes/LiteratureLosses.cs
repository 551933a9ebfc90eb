using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// What the methods of the literature minimise, as a score of any answer, for comparison only: an answer that says nothing is perfect by each of them.
/// </summary>
/// <remarks>grading.md, axis 9; L3D (arXiv 2504.00194), APD (2501.14926), SPD (2506.20790). On undisguised parameters, over the decomposed tensors.</remarks>
public static class LiteratureLosses
{
    /// <summary>Samples whose gradients are reconstructed, all data sets together.</summary>
    private const int GradientSamples = 64;

    /// <summary>
    /// <c>Σ‖g − ĝ‖²/Σ‖g‖²</c> over per-sample gradients g (<see cref="PerSampleGradients"/>): ĝ is the sum of the projections on the subnetworks that are kept,
    /// as many in all as there are samples, those with the largest ‖Q g‖ (batch top-k at k = 1/n).
    /// </summary>
    public static AxisReading GradientReconstruction(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Subspace[] directions = [.. answer.Subnetworks.Select(one => one.Directions).OfType<Subspace>().Where(one => one.Dimension > 0)];
        if (directions.Length == 0)
            return AxisReading.Skip("the answer has components only");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var gradients = PerSampleGradients.Of(answer.Model, answer.DataSets, GradientSamples);
        var total = gradients.square().sum().ToDouble();
        if (!(total > 0))
            return AxisReading.Skip("the outputs do not depend on the input");
        var lengths = stack(directions.Select(one => Measured(() => one.Coordinates(gradients).square().sum(1))));
        var kept = Largest(lengths, gradients.shape[0]);
        var rest = gradients.clone();
        for (var j = 0; j < directions.Length; j++)
        {
            using var inner = NewDisposeScope();
            var samples = kept[j].nonzero().squeeze(1);
            if (samples.numel() > 0)
                rest.index_add_(0, samples, directions[j].Project(gradients.index_select(0, samples)), -1);
        }
        return rest.square().sum().ToDouble() / total;
    }

    /// <summary><c>Σ(θ* − Σp)²</c>.</summary>
    public static AxisReading Faithfulness(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (SumFaithfulness.Read(answer) is not { Value: { } share } reading)
            return SumFaithfulness.Read(answer);
        using var scope = NewDisposeScope();
        return share * (answer.Profile.Parameters * answer.Profile.DecomposedMask).square().sum().ToDouble();
    }

    /// <summary><c>Σ(θ* − Σp)²/N</c>, N the number of decomposed parameters.</summary>
    public static AxisReading MeanFaithfulness(GradedAnswer answer) =>
        Faithfulness(answer) is { Value: { } sum } ? sum / answer.Profile.DecomposedMask.sum().ToDouble() : Faithfulness(answer);

    /// <summary>
    /// Change of the outputs (mean square; for cross-entropy the divergence of the probabilities) when every sample keeps only the components to which it
    /// attributes most, <c>A_c(x) = √mean_o(∂f_o/∂θ · p_c)²</c>. Over all samples together as many are kept as the plants are active.
    /// </summary>
    public static AxisReading Minimality(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (Ablation.Missing(answer) is { } reason)
            return AxisReading.Skip(reason);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var probe = new FunctionProbe(answer.Model, answer.DataSets);
        var mask = answer.Profile.DecomposedMask;
        var components = stack(answer.Subnetworks.Select(one => one.Component).OfType<Tensor>()) * mask;
        var active = answer.Planted.Sum(planted => probe.Activity(planted).Count(on => on is null or true));
        var kept = Largest(Attributions(answer, probe, components), active);
        var (outputs, changed) = (probe.Outputs(answer.Profile.Parameters), new List<double>());
        var bits = kept.t().contiguous().data<bool>().ToArray().Chunk((int)components.shape[0]).ToArray();
        foreach (var group in Enumerable.Range(0, probe.Count).GroupBy(k => string.Concat(bits[k].Select(bit => bit ? '1' : '0'))))
        {
            using var inner = NewDisposeScope();
            int[] samples = [.. group];
            var on = tensor(bits[samples[0]].Select(bit => bit ? 1.0 : 0).ToArray());
            var parameters = answer.Profile.Parameters * (1 - mask) + on.matmul(components);
            var seen = cat([.. probe.At(samples).Select(landscape => landscape.Outputs(parameters))], 0);
            var full = outputs.index_select(0, tensor(samples.Select(k => (long)k).ToArray()));
            changed.AddRange(Change(answer.Model.Loss.Kind, full, seen).data<double>().ToArray());
        }
        return changed.Average();
    }

    /// <summary>Mean over samples of <c>Σ_c min(1, b_c)</c>, the claimed strengths.</summary>
    public static AxisReading Importance(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.ClaimsActivity)
            return AxisReading.Skip("the answer claims no activity");
        DataSet[] sets = [.. answer.DataSets.Where(set => answer.Subnetworks.All(one => one.Activity?.ContainsKey(set.Name) == true))];
        return sets.Length == 0
            ? AxisReading.Skip("no data set has the activity of every subnetwork")
            : sets.Sum(set => answer.Subnetworks.Sum(one => one.Activity![set.Name].Sum(strength => Math.Min(1, strength)))) / sets.Sum(set => (double)set.Count);
    }

    /// <summary>A <c>[n, N]</c>, sample by sample in the probe's order.</summary>
    private static Tensor Attributions(GradedAnswer answer, FunctionProbe probe, Tensor components) => cat(
        [
            .. probe.At([.. Enumerable.Range(0, probe.Count)]).Select(landscape =>
            {
                using var jacobian = landscape.Jacobian(answer.Profile.Parameters);
                return Measured(() => jacobian.Multiply(components).square().mean([2]).sqrt());
            }),
        ],
        1);

    /// <summary>Whether an entry is one of the <paramref name="count"/> largest of all, and not 0.</summary>
    private static Tensor Largest(Tensor scores, long count)
    {
        var flat = scores.reshape(-1);
        var chosen = zeros_like(flat, dtype: ScalarType.Bool);
        var (values, indices) = flat.topk((int)Math.Min(count, flat.shape[0]));
        return chosen.index_fill_(0, indices.masked_select(values > 0), 1).reshape(scores.shape);
    }

    private static Tensor Change(LossKind kind, Tensor full, Tensor seen) => kind == LossKind.MeanSquaredError
        ? (full - seen).square().mean([1])
        : (LogProbabilities(full).exp() * (LogProbabilities(full) - LogProbabilities(seen))).sum(1);

    private static Tensor LogProbabilities(Tensor logits) => logits - logits.logsumexp(1).unsqueeze(1);

    private static Tensor Measured(Func<Tensor> compute)
    {
        using var scope = NewDisposeScope();
        return compute().MoveToOuterDisposeScope();
    }
}
