using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Trains the shared module on single views; the mixed canvas, two views of one label, then comes by itself.</summary>
internal static class EntangledTraining
{
    internal const int FullSteps = 600;
    private const int Images = 3000;

    /// <summary>θ* <c>[P]</c> of one attempt.</summary>
    internal static Tensor Train(int steps, ulong seed, int attempt, TrainingWatch watch)
    {
        using var scope = NewDisposeScope();
        RandomSource Stream(string purpose) => RandomSource.Named(seed, $"{Entangled.Id}/attempt {attempt}/{purpose}");
        var (views, labels) = Entangled.Views(seed, "train", Images);
        var (inputs, random) = (views.unsqueeze(1).to(float32), Stream("batches"));
        var parameters = Initialisation.Gaussian(Entangled.Layout(), 2, Stream("weights"));
        var run = new TrainingRun(Entangled.Architecture(), new Loss(LossKind.CrossEntropy), steps, BatchSize: 128)
        {
            DecoupledDecay = 0, Precision = ScalarType.Float32, Finish = trained => trained,
        };
        run.Descend(
            parameters,
            size =>
            {
                var chosen = tensor(Enumerable.Range(0, size).Select(_ => (long)random.NextInt32(Images)).ToArray());
                return (inputs.index_select(0, chosen), labels.index_select(0, chosen));
            },
            watch);
        return tensor(parameters).MoveToOuterDisposeScope();
    }
}
