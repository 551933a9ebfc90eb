namespace Harness.Grading;

/// <summary>
/// How far a matrix of causal importances C <c>[probes, components]</c> is from a pattern that a solved toy model must show: the number of entries that
/// are off by more than a threshold. Columns may come in any order.
/// </summary>
/// <remarks>
/// Stochastic parameter decomposition (arXiv 2506.20790): identity patterns for features with a component each, dense patterns for a layer that all
/// features share. Lower is better; 0 is the pattern.
/// </remarks>
public static class CausalImportanceError
{
    /// <summary>The threshold of the published numbers; grading.md reports 0.2 beside it.</summary>
    public const double DefaultThreshold = 0.1;

    /// <summary>
    /// Entries off from the identity <c>[size, size]</c> padded with zeros, in the order of columns for which there are fewest. Probes beyond
    /// <paramref name="size"/> must be zero rows.
    /// </summary>
    /// <param name="importances">C, each entry 0 … 1.</param>
    /// <param name="size">How many features have a component of their own, 1 … probes.</param>
    /// <param name="threshold">Largest deviation that is none.</param>
    /// <exception cref="ArgumentException">An importance is not a number, or there are fewer probes than features.</exception>
    public static int Identity(double[,] importances, int size, double threshold = DefaultThreshold)
    {
        var (probes, components) = Check(importances, size, importances?.GetLength(0) ?? 0, "probes");
        int Off(int column, int target) =>
            Enumerable.Range(0, probes).Count(probe => Math.Abs(importances![probe, column] - (probe == target ? 1 : 0)) > threshold);
        // Entries saved by a column that stands for a feature instead of for nothing; a feature without a column has its own entry off.
        var saved = new double[size, components];
        for (var feature = 0; feature < size; feature++)
            for (var column = 0; column < components; column++)
                saved[feature, column] = 1 + Off(column, -1) - Off(column, feature);
        var columns = Assignment.Maximise(saved);
        return size + Enumerable.Range(0, components).Sum(column => Off(column, -1))
            - (int)columns.Index().Where(one => one.Item >= 0).Sum(one => saved[one.Index, one.Item]);
    }

    /// <summary>Entries above the threshold outside the <paramref name="size"/> columns with the largest sums.</summary>
    /// <param name="importances">C, each entry 0 … 1.</param>
    /// <param name="size">How many components may be active on everything, 0 … components.</param>
    /// <param name="threshold">Largest importance that counts as none.</param>
    /// <exception cref="ArgumentException">An importance is not a number, or there are fewer components.</exception>
    public static int Dense(double[,] importances, int size, double threshold = DefaultThreshold)
    {
        var (probes, components) = Check(importances, size, importances?.GetLength(1) ?? 0, "components");
        return Enumerable.Range(0, components)
            .OrderByDescending(column => Enumerable.Range(0, probes).Sum(probe => importances![probe, column]))
            .Skip(size)
            .Sum(column => Enumerable.Range(0, probes).Count(probe => importances![probe, column] > threshold));
    }

    private static (int Probes, int Components) Check(double[,]? importances, int size, int available, string what)
    {
        ArgumentNullException.ThrowIfNull(importances);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (size > available)
            throw new ArgumentException($"A pattern of size {size} needs as many {what}, got {available}.", nameof(size));
        foreach (var importance in importances)
            if (!double.IsFinite(importance))
                throw new ArgumentException($"Causal importances must be finite, but one is {importance}.", nameof(importances));
        return (importances.GetLength(0), importances.GetLength(1));
    }
}
