using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Lloyd's k-means of rows, started by k-means++ (Arthur and Vassilvitskii 2007).</summary>
internal static class KMeans
{
    private const int MostSteps = 100;

    /// <summary>Centres <c>[k, P]</c> of rows <c>[N, P]</c>; fewer than k where there are fewer different rows.</summary>
    internal static Tensor Centres(Tensor rows, int k, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var centres = Start(rows, k, random);
        long[] assigned = [];
        for (var step = 0; step < MostSteps; step++)
        {
            var nearest = Distances(rows, centres).argmin(1).data<long>().ToArray();
            if (nearest.AsSpan().SequenceEqual(assigned))
                break;
            assigned = nearest;
            // A centre that loses all its rows stays where it is.
            centres = stack(Enumerable.Range(0, (int)centres.shape[0]).Select(centre =>
            {
                long[] members = [.. Enumerable.Range(0, assigned.Length).Where(row => assigned[row] == centre).Select(row => (long)row)];
                return members.Length == 0 ? centres[centre] : rows.index_select(0, tensor(members)).mean([0]);
            }));
        }
        return centres.MoveToOuterDisposeScope();
    }

    private static Tensor Start(Tensor rows, int k, RandomSource random)
    {
        var chosen = new List<long> { random.NextInt32((int)rows.shape[0]) };
        while (chosen.Count < k)
        {
            var weights = Distances(rows, rows.index_select(0, tensor(chosen.ToArray()))).min(1).values.data<double>().ToArray();
            var (total, sum) = (weights.Sum(), 0.0);
            if (!(total > 0))
                break;
            var target = random.NextDouble() * total;
            chosen.Add(Math.Min(weights.TakeWhile(weight => (sum += weight) <= target).Count(), weights.Length - 1));
        }
        return rows.index_select(0, tensor(chosen.ToArray()));
    }

    /// <summary>Squared distances <c>[N, k]</c>.</summary>
    private static Tensor Distances(Tensor rows, Tensor centres) =>
        (rows.square().sum(1, keepdim: true) + centres.square().sum(1).unsqueeze(0) - rows.matmul(centres.t()) * 2).clamp_min(0);
}
