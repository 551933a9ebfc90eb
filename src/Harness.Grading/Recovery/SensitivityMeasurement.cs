using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Measures the sensitivity of planted subnetworks through products with the output Jacobian.</summary>
public static class SensitivityMeasurement
{
    /// <summary>The largest r for which the matrix <c>[r, r]</c> is written out (128 MiB).</summary>
    public const long LargestDenseDimension = 4000;

    /// <summary>Numbers held at a time for <c>J Bᵀ</c> of one batch of samples (128 MiB).</summary>
    private const long BlockLength = 1L << 24;

    /// <summary>
    /// <c>G_i = (J Bᵀ)ᵀ(J Bᵀ) / N</c> over the N inputs of all data sets on which the subnetwork is active, batch by batch of inputs.
    /// Costs r Jacobian products for each batch.
    /// </summary>
    /// <param name="model">Network and undisguised θ*.</param>
    /// <param name="dataSets">The model's data sets; those that the subnetwork's activity does not mention are left out.</param>
    /// <param name="planted">S_i, its basis B <c>[r, P]</c>, and its activity.</param>
    /// <exception cref="NotSupportedException">r is above <see cref="LargestDenseDimension"/>.</exception>
    /// <exception cref="ArgumentException">The subnetwork is active on no input, moves no output, or an activity has the wrong length.</exception>
    public static Sensitivity Of(Model model, IReadOnlyList<DataSet> dataSets, PlantedSubnetwork planted)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataSets);
        ArgumentNullException.ThrowIfNull(planted);
        var dimension = planted.Subspace.Dimension;
        if (dimension > LargestDenseDimension)
            throw new NotSupportedException(
                $"Planted subnetwork '{planted.Name}' has {dimension} directions; sensitivities are written out up to {LargestDenseDimension}. "
                + $"Add a {nameof(Sensitivity)} that works through products.");
        using var scope = NewDisposeScope();
        var basis = planted.Subspace.Basis();
        var sum = zeros(dimension, dimension, float64);
        long count = 0;
        foreach (var set in dataSets)
            if (planted.Activity.TryGetValue(set.Name, out var activity))
                count += Accumulate(sum, model, set, ActiveIndices(planted.Name, set, activity), basis);
        if (count == 0)
            throw new ArgumentException($"Planted subnetwork '{planted.Name}' is active on no input, so its sensitivity is not defined.", nameof(planted));
        return new DenseSensitivity(sum / (double)count);
    }

    private static long[] ActiveIndices(string name, DataSet set, bool[] activity)
    {
        if (activity.Length != set.Count)
            throw new ArgumentException($"Activity of '{name}' on data set '{set.Name}' has {activity.Length} entries, expected {set.Count}.");
        return [.. Enumerable.Range(0, activity.Length).Where(i => activity[i]).Select(i => (long)i)];
    }

    private static int Accumulate(Tensor sum, Model model, DataSet set, long[] active, Tensor basis)
    {
        if (active.Length == 0)
            return 0;
        using var scope = NewDisposeScope();
        var outputs = new LossLandscape(model.Network, model.Loss, Select(set, active[..1])).Outputs(model.Parameters).shape[1];
        var batch = (int)Math.Clamp(BlockLength / (basis.shape[0] * outputs), 1, active.Length);
        foreach (var chunk in active.Chunk(batch))
        {
            using var inner = NewDisposeScope();
            var landscape = new LossLandscape(model.Network, model.Loss, Select(set, chunk));
            using var jacobian = landscape.Jacobian(model.Parameters);
            var block = jacobian.Multiply(basis).reshape(basis.shape[0], -1);
            sum.add_(block.matmul(block.t()));
        }
        return active.Length;
    }

    /// <summary>The chosen samples, unweighted: a sensitivity is a plain mean over inputs.</summary>
    private static DataSet Select(DataSet set, long[] indices)
    {
        var index = tensor(indices);
        return new DataSet(set.Name, set.Inputs.index_select(0, index), set.Targets.index_select(0, index));
    }
}
