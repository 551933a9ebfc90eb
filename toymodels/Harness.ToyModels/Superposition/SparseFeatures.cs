using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Inputs of independent sparse features: each is on with probability 0.05, and then uniform in [0, 1).</summary>
internal static class SparseFeatures
{
    internal const double Probability = 0.05;

    /// <summary><c>[count, features]</c> float64.</summary>
    internal static Tensor Sample(RandomSource random, int count, int features)
    {
        var values = new double[count * features];
        for (var i = 0; i < values.Length; i++)
            if (random.NextDouble() < Probability)
                values[i] = random.NextDouble();
        return tensor(values, [count, features]);
    }
}
