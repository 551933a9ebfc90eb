namespace Harness.Grading;

/// <summary>The one-to-one assignment of rows to columns with the largest total score (Hungarian method, rectangular).</summary>
/// <remarks>
/// Shortest augmenting paths with dual potentials, O(k²·l) for k = min and l = max of the two sizes (Kuhn 1955; Jonker and Volgenant 1987).
/// Exact up to rounding; a greedy choice is not (0.9 + 0 is greedy where 0.8 + 0.8 is possible). Deterministic.
/// </remarks>
public static class Assignment
{
    /// <summary>Assigns as many rows as possible, each to its own column, so that the sum of scores is largest.</summary>
    /// <param name="scores"><c>[rows, columns]</c>, finite; either size may be 0.</param>
    /// <returns>For each row its column, or −1 where there are more rows than columns.</returns>
    /// <exception cref="ArgumentException">A score is not finite.</exception>
    public static int[] Maximise(double[,] scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        foreach (var score in scores)
            if (!double.IsFinite(score))
                throw new ArgumentException($"Scores must be finite, but one is {score}.", nameof(scores));
        var (rows, columns) = (scores.GetLength(0), scores.GetLength(1));
        if (rows <= columns)
            return Assign(rows, columns, (row, column) => -scores[row, column]);
        var byColumn = Assign(columns, rows, (column, row) => -scores[row, column]);
        var result = new int[rows];
        Array.Fill(result, -1);
        for (var column = 0; column < columns; column++)
            result[byColumn[column]] = column;
        return result;
    }

    /// <summary>Least total cost for rows ≤ columns. Position 0 of every array stands for "no row" and "no column".</summary>
    private static int[] Assign(int rows, int columns, Func<int, int, double> cost)
    {
        var rowPotential = new double[rows + 1];
        var columnPotential = new double[columns + 1];
        var rowOf = new int[columns + 1];
        for (var row = 1; row <= rows; row++)
            Augment(row, cost, rowPotential, columnPotential, rowOf);
        var result = new int[rows];
        for (var column = 1; column <= columns; column++)
            if (rowOf[column] > 0)
                result[rowOf[column] - 1] = column - 1;
        return result;
    }

    private static void Augment(int start, Func<int, int, double> cost, double[] rowPotential, double[] columnPotential, int[] rowOf)
    {
        var columns = rowOf.Length - 1;
        var slack = new double[columns + 1];
        var previous = new int[columns + 1];
        var visited = new bool[columns + 1];
        Array.Fill(slack, double.PositiveInfinity);
        rowOf[0] = start;
        var column = 0;
        do
        {
            visited[column] = true;
            var (row, step, next) = (rowOf[column], double.PositiveInfinity, 0);
            for (var other = 1; other <= columns; other++)
            {
                if (visited[other])
                    continue;
                var reduced = cost(row - 1, other - 1) - rowPotential[row] - columnPotential[other];
                if (reduced < slack[other])
                    (slack[other], previous[other]) = (reduced, column);
                if (slack[other] < step)
                    (step, next) = (slack[other], other);
            }
            for (var other = 0; other <= columns; other++)
                if (visited[other])
                {
                    rowPotential[rowOf[other]] += step;
                    columnPotential[other] -= step;
                }
                else
                {
                    slack[other] -= step;
                }
            column = next;
        }
        while (rowOf[column] != 0);
        for (; column != 0; column = previous[column])
            rowOf[column] = rowOf[previous[column]];
    }
}
