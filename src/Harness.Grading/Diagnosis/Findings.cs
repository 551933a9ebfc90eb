using System.Globalization;
using Harness.Decompositions;

namespace Harness.Grading;

/// <summary>Why an answer has the score that it has: what was missed, merged, split, repeated, found in part, or leaks, in words to act on.</summary>
/// <remarks>grading.md, axes 1 and 7. Submitted subnetworks go by their number in the answer; their names are the submitter's.</remarks>
public static class Findings
{
    /// <summary>Share of what matters from which a plant counts as held.</summary>
    public const double Held = 0.9;

    /// <summary>Share of a submitted subnetwork outside its plant from which it counts as a leak.</summary>
    public const double Leak = 0.1;

    private const int MostMatches = 5;

    /// <summary>Largest number of submitted subnetworks that is gone through pair by pair.</summary>
    private const int MostSubmitted = 200;

    /// <summary>The findings of one column, the gravest first; none for a perfect answer, or where the column is skipped.</summary>
    /// <param name="profile">The truth.</param>
    /// <param name="answer">Pulled back by <see cref="Gauge"/>.</param>
    /// <param name="column">The column's grade of this answer.</param>
    public static IReadOnlyList<string> Of(TruthProfile profile, IReadOnlyList<Subnetwork> answer, ColumnGrade column)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(column);
        if (column.Score is not { } score)
            return [];
        var findings = new List<string>(Missed(profile, score));
        if (score.Alive <= MostSubmitted)
        {
            var table = column.Column == RecoveryColumn.Directions ? PairTables.OfDirections(profile, answer) : PairTables.OfComponents(profile, answer);
            findings.AddRange(Merged(profile, table));
            findings.AddRange(Split(profile, table));
            findings.AddRange(Repeated(profile, table));
            if (column.Column == RecoveryColumn.Components)
                findings.AddRange(Scaled(profile, table));
            findings.AddRange(Matched(profile, score, table));
        }
        findings.AddRange(Surplus(score));
        return findings;
    }

    private static IEnumerable<string> Missed(TruthProfile profile, RecoveryScore score)
    {
        var found = score.Matches.Select(match => match.Planted).ToHashSet();
        string[] missed = [.. Enumerable.Range(0, profile.Count).Where(i => !found.Contains(i)).Select(i => Name(profile, i))];
        if (missed.Length > 0)
            yield return $"Not found: {List(missed)}.";
    }

    private static IEnumerable<string> Merged(TruthProfile profile, PairTable table)
    {
        for (var j = 0; j < table.Submitted.Length; j++)
        {
            string[] held = [.. Enumerable.Range(0, profile.Count).Where(i => table.Extent[i, j] >= Held).Select(i => Name(profile, i))];
            if (held.Length > 1)
                yield return $"Subnetwork {table.Submitted[j]} merges {List(held)}.";
        }
    }

    private static IEnumerable<string> Split(TruthProfile profile, PairTable table)
    {
        for (var i = 0; i < profile.Count; i++)
        {
            int[] parts = [.. Enumerable.Range(0, table.Submitted.Length).Where(j => table.Inside[i, j] >= Held && table.Extent[i, j] > 0)];
            if (parts.Length < 2 || parts.Any(j => table.Extent[i, j] >= Held))
                continue;
            var joint = table.JointExtent(i, parts);
            if (joint >= Held)
                yield return $"{Name(profile, i)} is split over subnetworks {Numbers(table, parts)}, which together hold {Percent(joint)} of what matters in it.";
        }
    }

    private static IEnumerable<string> Repeated(TruthProfile profile, PairTable table)
    {
        for (var i = 0; i < profile.Count; i++)
        {
            int[] copies = [.. Enumerable.Range(0, table.Submitted.Length).Where(j => table.Extent[i, j] >= Held && table.Inside[i, j] >= Held)];
            if (copies.Length > 1)
                yield return $"Subnetworks {Numbers(table, copies)} are {copies.Length} answers for {Name(profile, i)}; one would do.";
        }
    }

    /// <summary>Components that point along a plant and are not as long as it, or point the other way.</summary>
    private static IEnumerable<string> Scaled(TruthProfile profile, PairTable table)
    {
        for (var j = 0; j < table.Submitted.Length; j++)
            for (var i = 0; i < profile.Count; i++)
                if (table.Inside[i, j] >= Held && Math.Abs(table.Extent[i, j] - 1) > 1 - Held && Math.Abs(table.Extent[i, j]) >= 1 - Held)
                    yield return $"Subnetwork {table.Submitted[j]} is about {Number(table.Extent[i, j])} times {Name(profile, i)}; sign and scale count.";
    }

    /// <summary>What is wrong with each match, the poorest first; of many the first few.</summary>
    private static IEnumerable<string> Matched(TruthProfile profile, RecoveryScore score, PairTable table)
    {
        var faulty = score.Matches.OrderBy(match => match.Score).Select(match => (match, Faults: Faults(profile, match, table).ToArray()))
            .Where(one => one.Faults.Length > 0).ToList();
        foreach (var (match, faults) in faulty.Take(MostMatches))
            yield return $"Subnetwork {match.Submitted} answers {Name(profile, match.Planted)} with {match.Score.ToString("0.00", CultureInfo.InvariantCulture)}: {string.Join("; ", faults)}.";
        if (faulty.Count > MostMatches)
            yield return $"{faulty.Count - MostMatches} more matches have faults.";
    }

    private static IEnumerable<string> Faults(TruthProfile profile, SubnetworkMatch match, PairTable table)
    {
        var (i, j) = (match.Planted, Array.IndexOf(table.Submitted, match.Submitted));
        string[] missing = [.. match.Shares.Where(share => share.IsMissed).Select(share => $"'{share.Tensor}' ({Percent(share.Planted)} of what matters)")];
        if (missing.Length > 0)
            yield return $"it leaves out {List(missing)}";
        else if (match.Score < Held && table.Extent[i, j] < Held)
            yield return $"it holds {Percent(table.Extent[i, j])} of what matters";
        if (1 - table.Inside[i, j] < Leak)
            yield break;
        string[] elsewhere = [.. Enumerable.Range(0, profile.Count).Where(k => k != i && table.Inside[k, j] >= Leak)
            .OrderByDescending(k => table.Inside[k, j]).Select(k => $"{Percent(table.Inside[k, j])} in {Name(profile, k)}")];
        yield return $"{Percent(1 - table.Inside[i, j])} of it lies outside{(elsewhere.Length > 0 ? $", {List(elsewhere)}" : "")}";
    }

    private static IEnumerable<string> Surplus(RecoveryScore score)
    {
        var surplus = score.Alive - score.Matches.Count;
        if (surplus > 0)
            yield return $"{surplus} of {score.Alive} subnetworks match nothing{(score.Alive > score.Planted ? $"; every one beyond {score.Planted} lowers the score" : "")}.";
        if (score.Dead > 0)
            yield return $"{score.Dead} dead (zero, tiny, or never active); they cost nothing.";
    }

    private static string Name(TruthProfile profile, int planted) => $"'{profile.Truth.Subnetworks[planted].Name}'";

    private static string Numbers(PairTable table, int[] columns) => List([.. columns.Select(j => table.Submitted[j].ToString(CultureInfo.InvariantCulture))]);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    /// <summary>A, B and C; of more than six the first five.</summary>
    private static string List(IReadOnlyList<string> items) => items.Count switch
    {
        1 => items[0],
        > 6 => $"{string.Join(", ", items.Take(5))} and {items.Count - 5} more",
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}",
    };
}
