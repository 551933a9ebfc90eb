namespace Harness.Grading;

/// <summary>From pairwise scores to a column's recovery: the best one-to-one assignment, divided by the larger of the two counts.</summary>
internal static class Aggregation
{
    /// <summary><c>Σ matched R / max(m, n)</c>: a truth that was missed and a subnetwork too many cost the same.</summary>
    internal static RecoveryScore Of(
        int planted, AnswerShape shape, int dead, Func<int, int, double> score, Func<int, int, SubnetworkMatch> describe)
    {
        var scores = new double[planted, shape.Count];
        for (var i = 0; i < planted; i++)
            for (var j = 0; j < shape.Count; j++)
                scores[i, j] = score(i, j);
        var assigned = Assignment.Maximise(scores);
        var matches = new List<SubnetworkMatch>();
        for (var i = 0; i < planted; i++)
            if (assigned[i] >= 0 && scores[i, assigned[i]] > 0)
                matches.Add(describe(i, assigned[i]));
        return new RecoveryScore(matches.Sum(match => match.Score) / Math.Max(planted, shape.Count), planted, shape, dead, matches);
    }
}
