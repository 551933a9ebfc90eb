namespace Harness.Grading;

/// <summary>The last line of a complete record. A record without it is partial.</summary>
/// <param name="Counts">Number of <c>cases</c>, and of checks by verdict (<c>pass</c>, <c>fail</c>, <c>undecided</c>, <c>skipped</c>, <c>errored</c>).</param>
/// <param name="Complete">Whether every planned case is in the record.</param>
/// <param name="Seconds">Wall time of the run (of its last part, where it was resumed).</param>
public sealed record FooterLine(IReadOnlyDictionary<string, int> Counts, bool Complete, double Seconds) : RunLine
{
    /// <summary>The footer of these cases.</summary>
    public static FooterLine Of(IReadOnlyList<CaseLine> cases, bool complete, TimeSpan elapsed)
    {
        var counts = new Dictionary<string, int> { ["cases"] = cases.Count };
        foreach (var verdict in Enum.GetValues<Verdict>())
            counts[verdict.ToString().ToLowerInvariant()] = cases.Sum(line => line.Values.Count(value => value.Verdict == verdict));
        return new FooterLine(counts, complete, elapsed.TotalSeconds);
    }
}
