namespace Harness.Grading;

/// <summary>Corrects p-values for the number of tests, so that with probability 1 − α none is called by chance.</summary>
/// <remarks>S. Holm, "A simple sequentially rejective multiple test procedure", 1979.</remarks>
public static class HolmCorrection
{
    /// <summary>
    /// Adjusted p-values in the given order: the k-th smallest of n, counted from 0, times n − k, made monotone, at most 1. A test is called where its own is
    /// ≤ α.
    /// </summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (adjusted, largest, rank) = (new double[values.Count], 0.0, 0);
        foreach (var index in Enumerable.Range(0, values.Count).OrderBy(index => values[index]))
        {
            largest = Math.Max(largest, Math.Min(1, values[index] * (values.Count - rank)));
            adjusted[index] = largest;
            rank++;
        }
        return adjusted;
    }
}
