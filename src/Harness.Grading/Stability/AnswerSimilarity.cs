using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// How alike two answers are: the mean absolute cosine of their subnetworks, matched one to one so that it is largest; what is left over counts 0. Between
/// subspaces of s and t dimensions it is <c>‖Q Rᵀ‖_F/√max(s, t)</c>, the root mean square cosine of their principal angles: |cos| for two lines.
/// </summary>
/// <remarks>grading.md, axis 8. Answers are alike, not right: θ* at every seed has 1.</remarks>
internal static class AnswerSimilarity
{
    /// <summary>Pairs of subnetworks that are gone through at most.</summary>
    internal const int MostPairs = 40_000;

    /// <summary>Of directions, 0 … 1; null where neither has any.</summary>
    internal static double? OfDirections(KeptAnswer left, KeptAnswer right)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (left.Directions.Select(one => one.Restore()).ToArray(), right.Directions.Select(one => one.Restore()).ToArray());
        var cosines = new double[first.Length, second.Length];
        for (var i = 0; i < first.Length; i++)
            for (var j = 0; j < second.Length; j++)
            {
                using var inner = NewDisposeScope();
                cosines[i, j] = Math.Sqrt(new Overlap(first[i], second[j]).Size() / Math.Max(first[i].Dimension, second[j].Dimension));
            }
        return Matched(cosines);
    }

    /// <summary>Of components, 0 … 1; null where neither has any.</summary>
    internal static double? OfComponents(KeptAnswer left, KeptAnswer right)
    {
        using var scope = NewDisposeScope();
        var cosines = new double[left.Components.Count, right.Components.Count];
        if (cosines.Length > 0)
        {
            var products = Unit(left).matmul(Unit(right).t()).abs().contiguous().data<double>().ToArray();
            Buffer.BlockCopy(products, 0, cosines, 0, products.Length * sizeof(double));
        }
        return Matched(cosines);
    }

    private static double? Matched(double[,] cosines)
    {
        var larger = Math.Max(cosines.GetLength(0), cosines.GetLength(1));
        return larger == 0 ? null : Assignment.Maximise(cosines).Index().Where(one => one.Item >= 0).Sum(one => cosines[one.Index, one.Item]) / larger;
    }

    private static Tensor Unit(KeptAnswer answer)
    {
        var rows = stack([.. answer.Components.Select(one => tensor(one))]);
        return rows / rows.square().sum(1, true).sqrt();
    }
}
