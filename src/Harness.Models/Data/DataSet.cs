using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Named inputs and targets of equal length N. Tensors belong to the dispose scope in which they were made.</summary>
public sealed class DataSet
{
    /// <summary>Creates a data set.</summary>
    /// <param name="name">Its name within the model, e.g. <c>all</c> or <c>digits-train</c>.</param>
    /// <param name="inputs"><c>[N, ...]</c>, float64 or int64.</param>
    /// <param name="targets"><c>[N]</c> int64 class indices, or <c>[N, outputs]</c> float64.</param>
    /// <param name="weights"><c>[N]</c> non-negative float64 with a positive sum, or null for equal weights.</param>
    /// <exception cref="ArgumentException">There is no sample, the lengths differ, or the weights are not as stated.</exception>
    public DataSet(string name, Tensor inputs, Tensor targets, Tensor? weights = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.ndim == 0 || targets.ndim == 0 || inputs.shape[0] == 0 || inputs.shape[0] != targets.shape[0])
            throw new ArgumentException(
                $"Data set '{name}' needs equally many (at least one) inputs and targets, got inputs [{string.Join(", ", inputs.shape)}] and targets [{string.Join(", ", targets.shape)}].");
        if (weights is not null)
            CheckWeights(name, weights, inputs.shape[0]);
        (Name, Inputs, Targets, Weights) = (name, inputs, targets, weights);
    }

    /// <summary>Its name within the model.</summary>
    public string Name { get; }

    /// <summary>Inputs <c>[N, ...]</c>.</summary>
    public Tensor Inputs { get; }

    /// <summary>Targets <c>[N]</c> (int64 class indices) or <c>[N, outputs]</c> (float64).</summary>
    public Tensor Targets { get; }

    /// <summary>Sample weights <c>[N]</c>, or null: all equal.</summary>
    public Tensor? Weights { get; }

    /// <summary>Number of samples N, at least 1.</summary>
    public long Count => Inputs.shape[0];

    private static void CheckWeights(string name, Tensor weights, long count)
    {
        using var scope = NewDisposeScope();
        if (weights.ndim != 1 || weights.shape[0] != count)
            throw new ArgumentException($"Data set '{name}' has {count} samples but weights [{string.Join(", ", weights.shape)}].");
        var total = weights.sum().ToDouble();
        if (weights.min().ToDouble() < 0 || !(total > 0) || double.IsInfinity(total))
            throw new ArgumentException($"Data set '{name}': weights must be finite and non-negative with a positive sum, but the sum is {total}.");
    }
}
