using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Trains a digit-pattern network on images drawn from its seed, in float32: first on the pure sets, then on those of the last stage.
/// </summary>
internal static class DigitPatternTraining
{
    private const int BatchSize = 64;

    /// <summary>θ* <c>[P]</c> of one attempt.</summary>
    internal static Tensor Train(DigitPatternSpec spec, ulong seed, int attempt, TrainingWatch watch)
    {
        using var scope = NewDisposeScope();
        RandomSource Stream(string purpose) => RandomSource.Named(seed, $"{spec.Id}/attempt {attempt}/{purpose}");
        var (schedule, images) = (spec.Schedule, spec.Images(seed));
        Dictionary<ImageKind, DataSet> sets = [];
        DataSet Set(ImageKind kind) => sets.TryGetValue(kind, out var set) ? set : sets[kind] = images.Sample(kind, "train", schedule.ImagesPerSet);

        // A ReLU loses half of the variance.
        var parameters = Initialisation.Gaussian(DigitPatternNetwork.Layout(spec), spec.IsSmooth ? 1 : 2, Stream("weights"));
        if (schedule.PureEpochs > 0)
            Descend(
                spec, parameters, [Set(ImageKind.Digits), Set(ImageKind.Patterns)], schedule.PureEpochs, 0, Stream("pure batches"), watch);
        Descend(
            spec, parameters, schedule.IsMixedOnly ? [Set(ImageKind.Mixed)] : [.. Enum.GetValues<ImageKind>().Select(Set)], schedule.FinalEpochs,
            schedule.PureEpochs, Stream("final batches"), watch);
        return tensor(parameters).MoveToOuterDisposeScope();
    }

    private static void Descend(
        DigitPatternSpec spec, double[] parameters, IReadOnlyList<DataSet> sets, int epochs, int earlier, RandomSource random, TrainingWatch watch)
    {
        using var scope = NewDisposeScope();
        var inputs = cat([.. sets.Select(set => set.Inputs.to(float32))], 0);
        var targets = cat([.. sets.Select(set => set.Targets)], 0);
        var count = (int)targets.shape[0];
        var (order, used) = (random.Permutation(count), 0);
        (Tensor, Tensor) Batch(int size)
        {
            if (used + size > count)
                (order, used) = (random.Permutation(count), 0);
            var chosen = tensor(order.AsSpan(used, size).ToArray().Select(index => (long)index).ToArray());
            used += size;
            return (inputs.index_select(0, chosen), targets.index_select(0, chosen));
        }

        var loss = new Loss(LossKind.CrossEntropy, spec.Schedule.WeightDecay);
        var run = new TrainingRun(DigitPatternNetwork.Architecture(spec), loss, epochs * count / BatchSize, BatchSize, spec.Schedule.Rate)
        {
            DecoupledDecay = 0, Precision = ScalarType.Float32,
            StopAfter = spec.Schedule.StopAfterEpochs is { } stop ? Math.Max(0, stop - earlier) * count / BatchSize : null,
        };
        run.Descend(parameters, Batch, watch);
    }
}
