namespace Harness.Grading;

/// <summary>What a run as a whole says.</summary>
public static class RunOutcome
{
    /// <summary>The exit code: 0 nothing failed, 1 a check failed or a method errored, 2 nothing failed but a check is undecided.</summary>
    /// <param name="cases">The cases. Only methods are judged; baselines, oracles, controls and nulls are not.</param>
    /// <param name="methodsWereNamed">
    /// Whether the user named the methods. In the leaderboard of built-in methods a score below its bar, at one seed or at too many, is shown and is no
    /// failure of the command; what is no answer, and what breaks an identity, is.
    /// </param>
    /// <remarks>
    /// Skipped checks set no code: they are counted in view by every report. Where several seeds were judged together, that verdict stands for those of the
    /// single seeds.
    /// </remarks>
    public static int ExitCode(IEnumerable<CaseLine> cases, bool methodsWereNamed)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var judged = cases.Where(line => line.Role == MethodRole.Method).ToList();
        var together = judged.Where(line => line.Kind == CaseLine.Stability)
            .SelectMany(line => line.Values.Where(value => value.Level == CheckLevel.Stochastic && value.Verdict is not (null or Verdict.Skipped))
                .Select(value => (Group(line.Key), value.Check)))
            .ToHashSet();
        var verdicts = judged
            .SelectMany(line => line.Values.Where(value =>
                value.Level != CheckLevel.Should || value.Verdict == Verdict.Errored || !together.Contains((Group(line.Key), StabilityValues.CheckName(value.Check)))))
            .Where(value => methodsWereNamed || value.Level is not (CheckLevel.Should or CheckLevel.Stochastic) || value.Verdict == Verdict.Errored)
            .Select(value => value.Verdict)
            .OfType<Verdict>();
        return Verdicts.Merge(verdicts) switch
        {
            Verdict.Errored or Verdict.Fail => 1,
            Verdict.Undecided => 2,
            _ => 0,
        };
    }

    private static (string, ulong, string, string) Group(CaseKey key) => (key.Model, key.ModelSeed, key.Disguise, key.Method);
}
