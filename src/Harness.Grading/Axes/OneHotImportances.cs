using Harness.Models;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// The causal-importance errors of published toy models on an answer's claimed activities: on inputs with one feature alone, close to 0.75, every subnetwork of a weight
/// matrix must be active on one probe (identity), or on all (dense), as the truth's are there. Numbers of entries that are off, summed over weight matrices.
/// </summary>
/// <remarks>
/// grading.md, axis 4; arXiv 2506.20790, see <see cref="CausalImportanceError"/>. There the importances are the method's own function of the input; an answer has them on the
/// samples only, so the probes are samples. Strengths above 1 are taken relative to the subnetwork's largest.
/// </remarks>
public static class OneHotImportances
{
    /// <summary>The threshold of the second reading.</summary>
    public const double LooseThreshold = 0.2;

    private const double Probe = 0.75;

    /// <summary>Share of the largest part in a matrix from which a subnetwork is part of it.</summary>
    private const double Present = Liveness.DeadRelativeNorm;

    /// <summary>Errors from identity patterns.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="threshold">Largest deviation that is none.</param>
    public static AxisReading Identity(GradedAnswer answer, double threshold) => Sum(answer, threshold, dense: false);

    /// <summary>Errors from dense patterns.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="threshold">Largest importance that is none.</param>
    public static AxisReading Dense(GradedAnswer answer, double threshold) => Sum(answer, threshold, dense: true);

    private static AxisReading Sum(GradedAnswer answer, double threshold, bool dense)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Profile.Components is null)
            return AxisReading.Skip("the truth has no component vectors");
        if (!answer.HasComponents)
            return AxisReading.Skip("the answer has directions only");
        if (!answer.ClaimsActivity)
            return AxisReading.Skip("the answer claims no activity");
        var (set, probes) = Probes(answer.DataSets);
        if (probes is null)
            return AxisReading.Skip("no data set has a sample with each feature alone");
        using var scope = NewDisposeScope();
        var alive = Liveness.OfComponents(answer.Subnetworks, answer.Profile.DecomposedMask);
        int[] submitted = [.. Enumerable.Range(0, answer.Subnetworks.Count).Where(j => alive[j])];
        if (submitted.Any(j => answer.Subnetworks[j].Activity?.ContainsKey(set.Name) != true))
            return AxisReading.Skip($"the answer does not claim the activity of every subnetwork on '{set.Name}'");
        var importances = submitted.Select(j => At(answer.Subnetworks[j].Activity![set.Name], probes)).ToArray();
        var (total, matrices) = (0, 0);
        foreach (var slot in answer.Profile.Truth.DecomposedTensors.Select(name => answer.Profile.Layout[name]).Where(slot => slot.Shape.Count >= 2))
        {
            var plants = In(slot, [.. Enumerable.Range(0, answer.Planted.Count).Select(i => answer.Profile.Components[i])]);
            var active = plants.Select(i => probes.Count(k => answer.Planted[i].Activity.TryGetValue(set.Name, out var used) && used[k])).ToList();
            if (active.Count == 0 || !active.All(count => count == (dense ? probes.Length : 1)))
                continue;
            matrices++;
            var columns = In(slot, [.. submitted.Select(j => answer.Subnetworks[j].Component!)]);
            var table = Table(probes.Length, [.. columns.Select(column => importances[column])]);
            total += dense ? CausalImportanceError.Dense(table, Math.Min(plants.Count, columns.Count), threshold) : CausalImportanceError.Identity(table, plants.Count, threshold);
        }
        return matrices > 0 ? total : AxisReading.Skip($"in no weight matrix the planted subnetworks are active on {(dense ? "all probes" : "one probe each")}");
    }

    /// <summary>The samples with one feature alone, one for each feature, the nearest to 0.75; null where a feature has none.</summary>
    private static (DataSet Set, int[]? Samples) Probes(IReadOnlyList<DataSet> dataSets)
    {
        foreach (var set in dataSets.Where(set => set.Inputs.ndim == 2 && set.Inputs.is_floating_point()))
        {
            using var scope = NewDisposeScope();
            var inputs = set.Inputs.to(float64);
            var alone = inputs.ne(0).sum(1).eq(1).unsqueeze(1).logical_and(inputs.ne(0));
            var distance = (inputs - Probe).abs().masked_fill(alone.logical_not(), double.PositiveInfinity);
            if (alone.any(0).all().item<bool>())
                return (set, [.. distance.argmin(0).data<long>().ToArray().Select(k => (int)k)]);
        }
        return (dataSets[0], null);
    }

    private static double[] At(double[] strengths, int[] probes)
    {
        var scale = Math.Max(1, strengths.Max());
        return [.. probes.Select(k => strengths[k] / scale)];
    }

    /// <summary>Those of some vectors <c>[P]</c> that have a part in a tensor.</summary>
    private static List<int> In(ParameterSlot slot, IReadOnlyList<Tensor> vectors)
    {
        using var scope = NewDisposeScope();
        var norms = vectors.Select(vector => vector.narrow(0, slot.Offset, slot.Length).norm().ToDouble()).ToArray();
        var largest = norms.DefaultIfEmpty(0).Max();
        return [.. Enumerable.Range(0, norms.Length).Where(k => largest > 0 && norms[k] >= Present * largest)];
    }

    private static double[,] Table(int probes, double[][] columns)
    {
        var table = new double[probes, columns.Length];
        for (var k = 0; k < probes; k++)
            for (var j = 0; j < columns.Length; j++)
                table[k, j] = columns[j][k];
        return table;
    }
}
