using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Inputs of independent sparse features of either sign: each is on with probability 0.01, and then uniform in [−1, 1).</summary>
internal static class SignedFeatures
{
    internal const double Probability = 0.01;

    private static readonly double s_logOff = Math.Log(1 - Probability);

    /// <summary><c>[count, features]</c> float64. The gaps between features that are on are drawn, a hundredth of the work of a draw for each.</summary>
    internal static Tensor Sample(RandomSource random, int count, int features)
    {
        var values = new double[count * features];
        for (var position = Gap(random); position < values.Length; position += 1 + Gap(random))
            values[position] = random.NextDouble(-1, 1);
        return tensor(values, [count, features]);
    }

    /// <summary>Features off before the next that is on: geometric.</summary>
    private static int Gap(RandomSource random) => (int)Math.Min(1e8, Math.Log(1 - random.NextDouble()) / s_logOff);

    /// <summary><c>x + ReLU(x)</c>.</summary>
    internal static Tensor Targets(Tensor inputs) => inputs + inputs.relu();
}
