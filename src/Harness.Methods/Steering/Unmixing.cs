using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// Where only a set A and a mixture <c>x = ½a + ½b</c> of it with an unknown set B are known, samples like those of B: <c>2x − a</c> with the a of the same
/// label that is nearest to 2x among those that are known, clipped to the range of A.
/// </summary>
/// <remarks>Exact where the a of a mixture is known; else the difference of two samples of A stays behind. It looks at inputs and labels, at no network.</remarks>
public static class Unmixing
{
    /// <summary>The estimated samples, with the mixture's labels and weights.</summary>
    /// <param name="mixed">Inputs <c>[n, …]</c>, targets <c>[n]</c> int64.</param>
    /// <param name="known">A: inputs <c>[m, …]</c> of the same shape, targets <c>[m]</c> int64.</param>
    /// <exception cref="ArgumentException">The samples differ in shape, targets are no labels, or a label is missing among the known samples.</exception>
    public static DataSet Of(DataSet mixed, DataSet known)
    {
        ArgumentNullException.ThrowIfNull(mixed);
        ArgumentNullException.ThrowIfNull(known);
        if (!mixed.Inputs.shape[1..].SequenceEqual(known.Inputs.shape[1..]))
            throw new ArgumentException(
                $"Samples of {mixed.Name} are [{string.Join(", ", mixed.Inputs.shape[1..])}], those of {known.Name} [{string.Join(", ", known.Inputs.shape[1..])}].");
        if (mixed.Targets.ndim != 1 || known.Targets.ndim != 1)
            throw new ArgumentException($"{mixed.Name} and {known.Name}: targets must be labels, [n].");
        using var scope = NewDisposeScope();
        var (sums, candidates) = (mixed.Inputs.reshape(mixed.Count, -1) * 2, known.Inputs.reshape(known.Count, -1));
        var distances = sums.square().sum(1, true) + candidates.square().sum(1).unsqueeze(0) - 2 * sums.matmul(candidates.t());
        var same = mixed.Targets.unsqueeze(1).eq(known.Targets.unsqueeze(0));
        if (!same.any(1).all().ToBoolean())
            throw new ArgumentException($"{mixed.Name} has a label of which {known.Name} has no sample.");
        var nearest = distances.masked_fill(same.logical_not(), double.PositiveInfinity).argmin(1);
        var left = (sums - candidates.index_select(0, nearest)).clamp(candidates.min().ToDouble(), candidates.max().ToDouble());
        return new DataSet("unmixed", left.reshape(mixed.Inputs.shape).MoveToOuterDisposeScope(), mixed.Targets, mixed.Weights);
    }
}
