namespace Harness.Grading;

/// <summary>How well claimed strengths tell the samples on which something is active from the others: by their order alone, at every threshold at once.</summary>
public static class RankAgreement
{
    /// <summary>
    /// Area under the receiver operating characteristic: the probability that a random active sample has the larger strength than a random inactive one, ties
    /// counted half. 1 is perfect, ½ is chance, 0 is the reverse.
    /// </summary>
    /// <param name="strengths">Claimed, <c>[N]</c>, finite.</param>
    /// <param name="active">True, <c>[N]</c>.</param>
    /// <returns>Null where all samples are active, or none is.</returns>
    /// <remarks>Mann–Whitney: <c>(R − n₁(n₁ + 1)/2)/(n₁n₀)</c> with R the sum of the active samples' mean ranks.</remarks>
    public static double? AreaUnderCurve(IReadOnlyList<double> strengths, IReadOnlyList<bool> active)
    {
        var groups = Groups(strengths, active);
        double positives = groups.Sum(group => group.Active), negatives = groups.Sum(group => group.Inactive);
        if (positives == 0 || negatives == 0)
            return null;
        var (below, wins) = (negatives, 0.0);
        foreach (var (hits, misses) in groups)
        {
            below -= misses;
            wins += hits * (below + misses / 2.0);
        }
        return wins / (positives * negatives);
    }

    /// <summary>
    /// Average precision: the mean over active samples of the share of active ones among all that are claimed at least as strongly. 1 is perfect; the share
    /// of active samples is what a constant claim reaches.
    /// </summary>
    /// <param name="strengths">Claimed, <c>[N]</c>, finite.</param>
    /// <param name="active">True, <c>[N]</c>.</param>
    /// <returns>Null where no sample is active.</returns>
    public static double? AveragePrecision(IReadOnlyList<double> strengths, IReadOnlyList<bool> active)
    {
        var groups = Groups(strengths, active);
        double positives = groups.Sum(group => group.Active);
        if (positives == 0)
            return null;
        var (taken, found, sum) = (0.0, 0.0, 0.0);
        foreach (var (hits, misses) in groups)
        {
            (taken, found) = (taken + hits + misses, found + hits);
            sum += hits * found / taken;
        }
        return sum / positives;
    }

    /// <summary>Samples of equal strength together, the strongest first.</summary>
    private static List<(int Active, int Inactive)> Groups(IReadOnlyList<double> strengths, IReadOnlyList<bool> active)
    {
        ArgumentNullException.ThrowIfNull(strengths);
        ArgumentNullException.ThrowIfNull(active);
        if (strengths.Count != active.Count)
            throw new ArgumentException($"Expected one strength for each of {active.Count} samples, got {strengths.Count}.", nameof(strengths));
        if (strengths.FirstOrDefault(strength => !double.IsFinite(strength), 0) is var strange && !double.IsFinite(strange))
            throw new ArgumentException($"Strengths must be finite, but one is {strange}.", nameof(strengths));
        return [.. Enumerable.Range(0, active.Count).GroupBy(k => strengths[k]).OrderByDescending(group => group.Key)
            .Select(group => (group.Count(k => active[k]), group.Count(k => !active[k])))];
    }
}
