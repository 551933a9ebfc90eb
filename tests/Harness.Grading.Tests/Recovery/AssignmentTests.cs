using FsCheck;
using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;

namespace Harness.Grading.Tests;

/// <summary>
/// The Hungarian method against all one-to-one assignments. Kills: greedy choice, square-only code, a transposed result, a column used twice, costs
/// minimised instead of maximised.
/// </summary>
public class AssignmentTests
{
    [Property(MaxTest = 300, QuietOnSuccess = true)]
    public void It_reaches_the_best_of_all_assignments(PositiveInt rows, PositiveInt columns, int seed)
    {
        var (m, n) = (rows.Get % 6 + 1, columns.Get % 6 + 1);
        var random = new RandomSource((ulong)seed);
        var scores = new double[m, n];
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
                // A few values only, so that ties occur; some negative.
                scores[i, j] = random.NextInt32(8) / 4.0 - 0.5;
        var assigned = Assignment.Maximise(scores);
        Assert.Equal(Math.Min(m, n), assigned.Count(column => column >= 0));
        Assert.Equal(assigned.Count(column => column >= 0), assigned.Where(column => column >= 0).Distinct().Count());
        Assert.Equal(Best(scores, 0, 0), Total(scores, assigned), Tolerances.SameOutputs);
    }

    [Fact]
    public void A_greedy_choice_is_not_enough()
    {
        Assert.Equal([1, 0], Assignment.Maximise(new[,] { { 0.9, 0.8 }, { 0.8, 0 } }));
    }

    [Fact]
    public void Either_side_may_be_empty()
    {
        Assert.Equal([-1, -1], Assignment.Maximise(new double[2, 0]));
        Assert.Empty(Assignment.Maximise(new double[0, 3]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_is_not_finite_is_refused(double score) =>
        Assert.Throws<ArgumentException>(() => Assignment.Maximise(new[,] { { 0, score } }));

    private static double Total(double[,] scores, int[] assigned) => assigned.Select((column, row) => column < 0 ? 0 : scores[row, column]).Sum();

    /// <summary>Best total over all maximal assignments of the rows from <paramref name="row"/> on; columns in the mask are taken.</summary>
    private static double Best(double[,] scores, int row, int taken)
    {
        var (rows, columns) = (scores.GetLength(0), scores.GetLength(1));
        var free = columns - System.Numerics.BitOperations.PopCount((uint)taken);
        if (row == rows)
            return 0;
        var best = rows - row > free ? Best(scores, row + 1, taken) : double.NegativeInfinity;
        for (var column = 0; column < columns; column++)
            if ((taken & (1 << column)) == 0)
                best = Math.Max(best, scores[row, column] + Best(scores, row + 1, taken | (1 << column)));
        return best;
    }
}
