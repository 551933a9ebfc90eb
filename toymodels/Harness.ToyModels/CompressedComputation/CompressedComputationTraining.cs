using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Trains the reduced form on fresh samples, in float32: AdamW from 3e-3 down to zero, without weight decay.</summary>
internal static class CompressedComputationTraining
{
    /// <summary>θ* <c>[P]</c> of one attempt.</summary>
    internal static Tensor Train(CompressedComputationSpec spec, ulong seed, int attempt, TrainingWatch watch)
    {
        using var scope = NewDisposeScope();
        var network = CompressedComputationNetwork.Architecture(spec, CompressedComputationNetwork.GramMatrix(spec, seed));
        var parameters = Initialisation.Gaussian(network.Layout, 1, RandomSource.Named(seed, $"{spec.Id}/attempt {attempt}/weights"));
        var random = RandomSource.Named(seed, $"{spec.Id}/attempt {attempt}/batches");
        var run = new TrainingRun(network, new Loss(LossKind.MeanSquaredError), spec.Steps, spec.BatchSize, Rate: 3e-3)
        {
            DecoupledDecay = 0, Precision = ScalarType.Float32, Finish = trained => trained,
        };
        run.Descend(
            parameters,
            size =>
            {
                var inputs = SignedFeatures.Sample(random, size, spec.Features);
                return (inputs, SignedFeatures.Targets(inputs));
            },
            watch);
        return tensor(parameters).MoveToOuterDisposeScope();
    }
}
