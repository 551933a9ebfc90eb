using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Trains both branches at once on digits, patterns and mixtures, in float32. On mixtures alone the weaker branch would starve: the stronger one explains
/// every label first.
/// </summary>
internal static class ParallelModulesTraining
{
    private const int BatchSize = 64;

    /// <summary>θ* <c>[P]</c> of one attempt.</summary>
    internal static Tensor Train(ParallelModulesSpec spec, ulong seed, int attempt, TrainingWatch watch)
    {
        using var scope = NewDisposeScope();
        RandomSource Stream(string purpose) => RandomSource.Named(seed, $"{spec.Id}/attempt {attempt}/{purpose}");
        var images = new ParallelModulesImages(spec, seed);
        var sets = Enum.GetValues<ImageKind>().Select(kind => images.Sample(kind, "train", spec.ImagesPerSet)).ToList();
        var inputs = cat([.. sets.Select(set => set.Inputs.to(float32))], 0);
        var targets = cat([.. sets.Select(set => set.Targets)], 0);
        var (random, count) = (Stream("batches"), (int)targets.shape[0]);
        var (order, used) = (random.Permutation(count), 0);
        (Tensor, Tensor) Batch(int size)
        {
            if (used + size > count)
                (order, used) = (random.Permutation(count), 0);
            var chosen = tensor(order.AsSpan(used, size).ToArray().Select(index => (long)index).ToArray());
            used += size;
            return (inputs.index_select(0, chosen), targets.index_select(0, chosen));
        }

        var network = new ParallelModulesNetwork(spec).Architecture();
        // A ReLU loses half of the variance.
        var parameters = Initialisation.Gaussian(network.Layout, spec.IsConvolutional ? 1 : 2, Stream("weights"));
        var run = new TrainingRun(network, new Loss(LossKind.CrossEntropy), spec.Epochs * count / BatchSize, BatchSize, spec.Rate)
        {
            DecoupledDecay = 0, Precision = ScalarType.Float32,
        };
        run.Descend(parameters, Batch, watch);
        return tensor(parameters).MoveToOuterDisposeScope();
    }
}
