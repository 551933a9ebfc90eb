using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Memorises all p² pairs: full-batch AdamW without weight decay, so that margins keep growing.</summary>
internal static class ModularAdditionMlpTraining
{
    /// <summary>θ* <c>[P]</c> of one attempt.</summary>
    internal static Tensor Train(ModularAdditionMlpSpec spec, DataSet data, ulong seed, int attempt, TrainingWatch watch)
    {
        using var scope = NewDisposeScope();
        var network = ModularAdditionMlp.Architecture(spec);
        var parameters = Initialisation.Gaussian(network.Layout, 1, RandomSource.Named(seed, $"{spec.Id}/attempt {attempt}/weights"));
        var run = new TrainingRun(network, new Loss(LossKind.CrossEntropy), spec.Steps, (int)data.Count, Rate: 1e-2)
        {
            DecoupledDecay = 0, Precision = ScalarType.Float32,
        };
        run.Descend(parameters, _ => (data.Inputs, data.Targets), watch);
        if (!spec.IsSmooth)
            ClearKinks(spec, parameters);
        return tensor(parameters).MoveToOuterDisposeScope();
    }

    private static void ClearKinks(ModularAdditionMlpSpec spec, double[] parameters)
    {
        var layout = ModularAdditionMlp.Layout(spec);
        var pairs = spec.Modulus * spec.Modulus;
        var (row, bias) = (2 * spec.Modulus, (int)layout["b1"].Offset);
        for (var unit = 0; unit < spec.Hidden; unit++)
        {
            var weights = parameters.AsSpan(unit * row, row).ToArray();
            var offset = parameters[bias + unit];
            parameters[bias + unit] += KinkClearance.Shift(
                Enumerable.Range(0, pairs).Select(pair => weights[pair / spec.Modulus] + weights[spec.Modulus + pair % spec.Modulus] + offset));
        }
    }
}
