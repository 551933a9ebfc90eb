namespace Harness.Cli;

/// <summary>Finds what a mistyped name may have meant.</summary>
public static class NearestName
{
    // An error is one line that can be read at a glance.
    private const int MostListed = 12;

    /// <summary>The candidate with the fewest edits, when they are few enough to be a slip.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="candidates">The names there are.</param>
    /// <returns>
    /// The nearest candidate (the first of equals), or one that begins with <paramref name="name"/>; null when nothing is within a third
    /// of the name's length (at least two edits), case aside.
    /// </returns>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        var names = candidates.ToList();
        var nearest = names.MinBy(candidate => Distance(name, candidate));
        if (nearest is not null && Distance(name, nearest) <= Math.Max(2, name.Length / 3) && Distance(name, nearest) < nearest.Length)
            return nearest;
        return name.Length >= 3 ? names.Find(candidate => candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase)) : null;
    }

    /// <summary>The message for a name that is not there.</summary>
    /// <param name="kind">What it names, e.g. <c>model</c>.</param>
    /// <param name="name">What was typed.</param>
    /// <param name="candidates">The names there are.</param>
    /// <returns><c>unknown model 'x'; did you mean 'y'?</c>, or the names (the first dozen) when none is near.</returns>
    public static string Unknown(string kind, string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var names = candidates.ToList();
        if (Find(name, names) is { } nearest)
            return $"unknown {kind} '{name}'; did you mean '{nearest}'?";
        var more = names.Count > MostListed ? $", … ({names.Count} in all; see harness list)" : "";
        return $"unknown {kind} '{name}'; there are: {string.Join(", ", names.Take(MostListed))}{more}";
    }

    // Damerau's distance with adjacent transpositions (optimal string alignment): swapped letters are one slip, not two.
    private static int Distance(string left, string right)
    {
        var (a, b) = (left.ToLowerInvariant(), right.ToLowerInvariant());
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            distance[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            distance[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = Math.Min(replaced, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, distance[i - 2, j - 2] + 1);
                distance[i, j] = best;
            }
        }

        return distance[a.Length, b.Length];
    }
}
