namespace Harness.Methods;

/// <summary>
/// Runs of numerically equal values in a descending list. Vectors within a run are free to rotate, so a method must treat them as one.
/// </summary>
internal static class DegenerateRuns
{
    /// <summary>
    /// Neighbours closer than this, relative to the largest value, are equal. Far above the error of a float64 factorisation
    /// (about 1e-14), far below any gap that a decomposition could be built on.
    /// </summary>
    internal const double Gap = 1e-8;

    /// <summary>Half-open ranges, in order; they cover the list.</summary>
    internal static IEnumerable<(int Start, int End)> Of(IReadOnlyList<double> descending)
    {
        var start = 0;
        for (var i = 1; i <= descending.Count; i++)
            if (i == descending.Count || descending[i - 1] - descending[i] > Gap * descending[0])
            {
                yield return (start, i);
                start = i;
            }
    }
}
