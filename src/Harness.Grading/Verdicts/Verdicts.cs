namespace Harness.Grading;

/// <summary>How verdicts combine.</summary>
public static class Verdicts
{
    /// <summary>The worst: errored, then fail, undecided, pass. Skipped ones count only where there is nothing else; null for none at all.</summary>
    public static Verdict? Merge(IEnumerable<Verdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        Verdict[] order = [Verdict.Skipped, Verdict.Pass, Verdict.Undecided, Verdict.Fail, Verdict.Errored];
        var worst = verdicts.Select(verdict => Array.IndexOf(order, verdict)).DefaultIfEmpty(-1).Max();
        return worst < 0 ? null : order[worst];
    }
}
