using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Claimed against true activity of the matched subnetworks, over all samples for which both are known.</summary>
/// <remarks>
/// grading.md, axis 4. Mean over the planted subnetworks that are active on some samples and not on others. One that was not found, or for which nothing is
/// claimed, counts as a constant claim.
/// </remarks>
public static class ActivityAgreement
{
    /// <summary>Mean area under the curve, see <see cref="RankAgreement.AreaUnderCurve"/>: 1 is perfect, ½ is chance.</summary>
    public static AxisReading AreaUnderCurve(GradedAnswer answer) => Mean(answer, RankAgreement.AreaUnderCurve);

    /// <summary>Mean average precision, see <see cref="RankAgreement.AveragePrecision"/>: 1 is perfect, the share of active samples is chance.</summary>
    public static AxisReading AveragePrecision(GradedAnswer answer) => Mean(answer, RankAgreement.AveragePrecision);

    /// <summary>How many subnetworks are active on a sample, in the mean: claimed strengths above 0.</summary>
    /// <remarks>grading.md, axis 6: the oracle's number is the truth's. Samples for which any subnetwork claims nothing are left out.</remarks>
    public static AxisReading MeanActive(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.ClaimsActivity)
            return AxisReading.Skip("the answer claims no activity");
        double total = 0;
        long samples = 0;
        foreach (var set in answer.DataSets)
        {
            if (answer.Subnetworks.Any(one => one.Activity?.ContainsKey(set.Name) != true))
                continue;
            samples += set.Count;
            total += answer.Subnetworks.Sum(one => (double)one.Activity![set.Name].Count(strength => strength > 0));
        }
        return samples > 0 ? total / samples : AxisReading.Skip("no data set has the activity of every subnetwork");
    }

    private static AxisReading Mean(GradedAnswer answer, Func<IReadOnlyList<double>, IReadOnlyList<bool>, double?> agreement)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.ClaimsActivity)
            return AxisReading.Skip("the answer claims no activity");
        return AxisReading.Mean([.. Enumerable.Range(0, answer.Planted.Count).Select(Of)], "every planted subnetwork is active on all inputs");

        double? Of(int i)
        {
            var (strengths, active) = (new List<double>(), new List<bool>());
            foreach (var set in answer.DataSets)
                if (answer.Planted[i].Activity.TryGetValue(set.Name, out var truth))
                {
                    active.AddRange(truth);
                    strengths.AddRange(answer.MatchOf(i)?.Activity?.GetValueOrDefault(set.Name) ?? new double[truth.Length]);
                }
            return active.Contains(true) && active.Contains(false) ? agreement(strengths, active) : null;
        }
    }
}
