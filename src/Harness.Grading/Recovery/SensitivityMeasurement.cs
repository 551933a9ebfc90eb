using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Measures the sensitivity of planted subnetworks through products with the output Jacobian.</summary>
public static class SensitivityMeasurement
{
    /// <summary>The largest matrix <c>[r, r]</c> or <c>[q, q]</c> that is written out and diagonalised (32 MiB, some seconds).</summary>
    public const long LargestDenseDimension = 2000;

    /// <summary>Numbers held at a time for <c>J Bᵀ</c> of one batch of samples (128 MiB).</summary>
    private const long BlockLength = 1L << 24;

    /// <summary>
    /// <c>G_i = (J Bᵀ)ᵀ(J Bᵀ) / N</c> over the N inputs of all data sets on which the subnetwork is active. Up to r =
    /// <see cref="LargestDenseDimension"/> written out, batch by batch of inputs, for r Jacobian products each. Above, as the factor J Bᵀ itself, for
    /// which at most <see cref="LargestDenseDimension"/> rows (inputs × outputs) are taken: where there are more, the mean is over inputs spaced evenly.
    /// </summary>
    /// <param name="model">Network and undisguised θ*.</param>
    /// <param name="dataSets">The model's data sets; those that the subnetwork's activity does not mention are left out.</param>
    /// <param name="planted">S_i, its basis B <c>[r, P]</c>, and its activity.</param>
    /// <exception cref="ArgumentException">The subnetwork is active on no input, moves no output, or an activity has the wrong length.</exception>
    public static Sensitivity Of(Model model, IReadOnlyList<DataSet> dataSets, PlantedSubnetwork planted)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataSets);
        ArgumentNullException.ThrowIfNull(planted);
        var active = dataSets
            .Where(set => planted.Activity.ContainsKey(set.Name))
            .Select(set => new ActiveInputs(set, ActiveIndices(planted.Name, set, planted.Activity[set.Name])))
            .Where(inputs => inputs.Indices.Length > 0)
            .ToList();
        if (active.Count == 0)
            throw new ArgumentException($"Planted subnetwork '{planted.Name}' is active on no input, so its sensitivity is not defined.", nameof(planted));
        using var scope = NewDisposeScope();
        return planted.Subspace.Dimension <= LargestDenseDimension
            ? new DenseSensitivity(Matrix(model, active, planted.Subspace.Basis()))
            : new FactoredSensitivity(Factor(model, active, planted.Subspace));
    }

    private static long[] ActiveIndices(string name, DataSet set, bool[] activity)
    {
        if (activity.Length != set.Count)
            throw new ArgumentException($"Activity of '{name}' on data set '{set.Name}' has {activity.Length} entries, expected {set.Count}.");
        return [.. Enumerable.Range(0, activity.Length).Where(i => activity[i]).Select(i => (long)i)];
    }

    /// <summary>G <c>[r, r]</c>, for a basis B <c>[r, P]</c>.</summary>
    internal static Tensor Matrix(Model model, IReadOnlyList<ActiveInputs> active, Tensor basis)
    {
        using var scope = NewDisposeScope();
        var sum = zeros(basis.shape[0], basis.shape[0], float64);
        var batch = (int)Math.Clamp(BlockLength / (basis.shape[0] * OutputCount(model, active[0])), 1, int.MaxValue);
        foreach (var chunk in active.SelectMany(inputs => inputs.Chunks(batch)))
        {
            using var inner = NewDisposeScope();
            using var jacobian = new LossLandscape(model.Network, model.Loss, chunk.Select()).Jacobian(model.Parameters);
            var block = jacobian.Multiply(basis).reshape(basis.shape[0], -1);
            sum.add_(block.matmul(block.t()));
        }
        return (sum / (double)active.Sum(inputs => inputs.Indices.Length)).MoveToOuterDisposeScope();
    }

    /// <summary>F <c>[q, r]</c> with <c>FᵀF = G</c>: one row for each input and output, the output's gradient in coordinates of the subspace, over √N.</summary>
    internal static Tensor Factor(Model model, IReadOnlyList<ActiveInputs> active, Subspace subspace)
    {
        using var scope = NewDisposeScope();
        var outputs = OutputCount(model, active[0]);
        ActiveInputs[] chosen = [.. Spread(active, Math.Max(1, LargestDenseDimension / outputs)).SelectMany(inputs => inputs.Chunks(1))];
        var factor = zeros(chosen.Length * outputs, subspace.Dimension, float64);
        for (var k = 0; k < chosen.Length; k++)
        {
            using var inner = NewDisposeScope();
            using var jacobian = new LossLandscape(model.Network, model.Loss, chosen[k].Select()).Jacobian(model.Parameters);
            var gradients = jacobian.MultiplyTranspose(eye(outputs, outputs, float64).unsqueeze(1));
            factor.narrow(0, k * outputs, outputs).copy_(subspace.Coordinates(gradients) / Math.Sqrt(chosen.Length));
        }
        return factor.MoveToOuterDisposeScope();
    }

    /// <summary>At most so many of all inputs, spaced evenly.</summary>
    private static IReadOnlyList<ActiveInputs> Spread(IReadOnlyList<ActiveInputs> active, long most)
    {
        long total = active.Sum(inputs => inputs.Indices.Length);
        if (total <= most)
            return active;
        var chosen = Enumerable.Range(0, (int)most).Select(k => (2 * k + 1) * total / (2 * most)).ToArray();
        var spread = new List<ActiveInputs>();
        long start = 0;
        foreach (var inputs in active)
        {
            var end = start + inputs.Indices.Length;
            long[] here = [.. chosen.Where(k => k >= start && k < end).Select(k => inputs.Indices[k - start])];
            if (here.Length > 0)
                spread.Add(inputs with { Indices = here });
            start = end;
        }
        return spread;
    }

    private static long OutputCount(Model model, ActiveInputs inputs)
    {
        using var scope = NewDisposeScope();
        return new LossLandscape(model.Network, model.Loss, inputs.Chunks(1).First().Select()).Outputs(model.Parameters).shape[1];
    }
}
