using FsCheck;
using FsCheck.Xunit;
using Harness.Models;

namespace Harness.Grading.Tests;

/// <summary>The published test vectors, and what they leave open.</summary>
public class CausalImportanceErrorTests
{
    [Fact]
    public void Identity_counts_what_is_off_in_the_best_order()
    {
        Assert.Equal(4, CausalImportanceError.Identity(new[,] { { .7, .3, 0, .2 }, { .2, .95, 0, 0 }, { 0, 0, 1, 0 } }, 3));
        Assert.Equal(1, CausalImportanceError.Identity(new[,] { { 1, .2, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 } }, 3));
    }

    [Fact]
    public void Dense_counts_what_is_active_beside_the_dense_columns()
    {
        Assert.Equal(2, CausalImportanceError.Dense(new[,] { { .9, .2, 0, 0 }, { .6, .95, 0, 0 } }, 1));
        Assert.Equal(8, CausalImportanceError.Dense(new[,] { { .5, .4, 1, .2, .1 }, { .6, .9, .4, .3, .2 }, { .9, .6, .5, .4, .3 } }, 2));
    }

    /// <summary>Kills: columns compared in the order given, a greedy order, a threshold that is not passed on.</summary>
    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void The_order_of_columns_says_nothing(PositiveInt probes, PositiveInt columns, int seed)
    {
        var random = new RandomSource((ulong)seed);
        var (rows, count) = (probes.Get % 5 + 1, columns.Get % 6 + 1);
        var order = random.Permutation(count);
        var (plain, shuffled) = (new double[rows, count], new double[rows, count]);
        for (var probe = 0; probe < rows; probe++)
            for (var column = 0; column < count; column++)
                shuffled[probe, order[column]] = plain[probe, column] = random.NextDouble(0, 1);
        foreach (var threshold in new[] { 0.1, 0.2 })
        {
            Assert.Equal(CausalImportanceError.Identity(plain, rows, threshold), CausalImportanceError.Identity(shuffled, rows, threshold));
            Assert.Equal(CausalImportanceError.Dense(plain, 1, threshold), CausalImportanceError.Dense(shuffled, 1, threshold));
        }
        Assert.True(CausalImportanceError.Identity(plain, rows, 0.2) <= CausalImportanceError.Identity(plain, rows, 0.1));
    }

    /// <summary>Against every order of columns, one by one. Kills: an assignment that minimises what it should maximise.</summary>
    [Property(MaxTest = 100, QuietOnSuccess = true)]
    public void Identity_takes_the_best_of_all_orders(int seed)
    {
        var random = new RandomSource((ulong)seed);
        var matrix = new double[3, 4];
        for (var k = 0; k < matrix.Length; k++)
            matrix[k / 4, k % 4] = random.NextInt32(3) / 2.0;
        var best = Orders(4).Min(order => Enumerable.Range(0, 12).Count(k => Math.Abs(matrix[k / 4, order[k % 4]] - (k / 4 == k % 4 ? 1 : 0)) > 0.1));
        Assert.Equal(best, CausalImportanceError.Identity(matrix, 3));
    }

    [Fact]
    public void A_feature_without_a_component_is_one_entry_off() =>
        Assert.Equal(1, CausalImportanceError.Identity(new[,] { { 1, 0 }, { 0, 1 }, { 0, 0.0 } }, 3));

    [Fact]
    public void What_is_no_importance_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => CausalImportanceError.Dense(new[,] { { double.NaN } }, 1));
        Assert.Equal("Causal importances must be finite, but one is NaN. (Parameter 'importances')", exception.Message);
        exception = Assert.Throws<ArgumentException>(() => CausalImportanceError.Identity(new[,] { { 1.0 } }, 2));
        Assert.Equal("A pattern of size 2 needs as many probes, got 1. (Parameter 'size')", exception.Message);
    }

    private static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(place => (int[])[.. order[..place], count - 1, .. order[place..]]));
}
