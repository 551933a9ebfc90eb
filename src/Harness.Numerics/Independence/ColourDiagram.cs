using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>The colour diagram of methods.md M1: which share of each vector lies in span V_A only, V_B only, both, or neither.</summary>
/// <remarks>
/// Principal vectors pair A and B off into planes that are orthogonal to each other; a pair at angle φ has cos²φ in common. So of a vector's squared
/// length in such a plane the share cos²φ counts as "both", and the rest is divided by the orthonormal pair nearest to the two principal vectors
/// (P.-O. Löwdin's symmetric orthogonalisation). Orthogonal spaces have nothing in common, equal ones all; no share is negative, and none depends on the
/// bases.
/// </remarks>
public static class ColourDiagram
{
    /// <summary>The shares of each row of <paramref name="vectors"/>.</summary>
    /// <param name="first">A.</param>
    /// <param name="second">B.</param>
    /// <param name="vectors"><c>[k, P]</c> float64, rows of length 1.</param>
    public static IReadOnlyList<ColourShares> Of(Subspace first, Subspace second, Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(vectors);
        using var scope = NewDisposeScope();
        // Coordinates of the vectors in paired principal bases of A and of B, [k, k_A] and [k, k_B].
        var (left, cosines, rightRows) = linalg.svd(second.Coordinates(first.Basis()), true);
        var inFirst = first.Coordinates(vectors).matmul(left);
        var inSecond = second.Coordinates(vectors).matmul(rightRows.t());
        var (a, b, common) = (Table(inFirst), Table(inSecond), cosines.contiguous().data<double>().ToArray());
        return [.. Enumerable.Range(0, (int)vectors.shape[0]).Select(row => Shares(Row(a, row), Row(b, row), common))];
    }

    private static ColourShares Shares(double[] a, double[] b, double[] cosines)
    {
        var (first, second, both) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            if (i >= cosines.Length)
            {
                // The larger space's remaining directions are orthogonal to all of the smaller one.
                first += i < a.Length ? a[i] * a[i] : 0;
                second += i < b.Length ? b[i] * b[i] : 0;
                continue;
            }
            var cosine = Math.Min(1, cosines[i]);
            // Components along the bisector of the pair and across it; across it there is nothing where the pair is one vector.
            var along = (a[i] + b[i]) / Math.Sqrt(2 + 2 * cosine);
            var across = 1 - cosine <= Tolerances.UnitRoundoff64 * 16 ? 0 : (a[i] - b[i]) / Math.Sqrt(2 - 2 * cosine);
            var shared = cosine * cosine;
            first += (1 - shared) * Math.Pow(along + across, 2) / 2;
            second += (1 - shared) * Math.Pow(along - across, 2) / 2;
            both += shared * (along * along + across * across);
        }
        return new ColourShares(first, second, both, Math.Max(0, 1 - first - second - both));
    }

    private static double[,] Table(Tensor matrix)
    {
        var numbers = matrix.contiguous().data<double>().ToArray();
        var table = new double[matrix.shape[0], matrix.shape[1]];
        Buffer.BlockCopy(numbers, 0, table, 0, numbers.Length * sizeof(double));
        return table;
    }

    private static double[] Row(double[,] table, int row) => [.. Enumerable.Range(0, table.GetLength(1)).Select(column => table[row, column])];
}
