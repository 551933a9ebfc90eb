namespace Harness.Numerics;

/// <summary>Groups values that their residuals cannot tell apart, and measures the gaps between groups.</summary>
internal static class EigenClustering
{
    /// <summary>
    /// A group number per value. Neighbours on the real line share a group when they are closer than 10 times the larger of their residuals, or than 10
    /// times the resolution below which values mean nothing.
    /// </summary>
    /// <param name="values">Values in any order.</param>
    /// <param name="residuals">Their residuals; pass 0 for values whose own group is not of interest.</param>
    /// <param name="resolution">η‖H‖.</param>
    internal static int[] Groups(IReadOnlyList<double> values, IReadOnlyList<double> residuals, double resolution)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var groups = new int[values.Count];
        for (var i = 1; i < order.Length; i++)
        {
            var (low, high) = (order[i - 1], order[i]);
            var radius = Math.Max(resolution, Math.Max(residuals[low], residuals[high]));
            groups[high] = groups[low] + (values[high] - values[low] <= Tolerances.ClusterFactor * radius ? 0 : 1);
        }
        return groups;
    }

    /// <summary>Distance from a value to the nearest one of another group; infinite if there is none.</summary>
    internal static double Gap(int index, double[] values, int[] groups)
    {
        var gap = double.PositiveInfinity;
        for (var i = 0; i < values.Length; i++)
            if (groups[i] != groups[index])
                gap = Math.Min(gap, Math.Abs(values[i] - values[index]));
        return gap;
    }
}
