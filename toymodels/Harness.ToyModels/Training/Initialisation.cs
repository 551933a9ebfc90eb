using Harness.Models;

namespace Harness.ToyModels;

/// <summary>Weights before training.</summary>
internal static class Initialisation
{
    /// <summary>
    /// <c>[P]</c>: tensors of two and more dimensions are <c>N(0, gain/fan_in)</c>, with fan_in the entries that belong to one index of the first
    /// dimension; vectors (biases) are 0.
    /// </summary>
    internal static double[] Gaussian(ParameterLayout layout, double gain, RandomSource random) =>
    [
        .. layout.SelectMany(slot =>
        {
            var deviation = slot.Shape.Count < 2 ? 0 : Math.Sqrt(gain * slot.Shape[0] / slot.Length);
            return random.Gaussians(slot.Length).Select(value => deviation * value);
        }),
    ];
}
