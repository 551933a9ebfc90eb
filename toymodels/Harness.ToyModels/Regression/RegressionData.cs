using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Samples for regression, weighted unequally: an unweighted mean of batches or samples gives another Hessian.</summary>
internal static class RegressionData
{
    private const double NoiseLevel = 0.5;

    /// <summary>The data set <c>all</c>: correlated Gaussian inputs <c>[N, d]</c> with a mean, and targets from planted weights with noise.</summary>
    internal static DataSet Sample(RegressionSpec spec, ulong seed)
    {
        var random = RandomSource.Named(seed, $"{spec.Id}/data");
        var (n, d, o) = (spec.Samples, spec.Features, spec.Outputs);
        Tensor Gaussian(int rows, int columns) => tensor(random.Gaussians(rows * columns), [rows, columns]);

        using var scope = NewDisposeScope();
        var inputs = 0.5 * Gaussian(1, d) + matmul(Gaussian(n, d), eye(d, dtype: float64) + 0.5 * Gaussian(d, d));
        var outputs = matmul(inputs, Gaussian(d, o) / Math.Sqrt(d)) + Gaussian(1, o) + NoiseLevel * Gaussian(n, o);
        var weights = tensor(Enumerable.Range(0, n).Select(_ => random.NextDouble(0.5, 1.5)).ToArray());
        var targets = spec.Loss.Kind == LossKind.CrossEntropy ? outputs.argmax(1) : outputs;
        return new DataSet("all", inputs.MoveToOuterDisposeScope(), targets.MoveToOuterDisposeScope(), weights.MoveToOuterDisposeScope());
    }
}
