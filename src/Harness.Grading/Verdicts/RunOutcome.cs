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
    /// <remarks>Skipped checks set no code: they are counted in view by every report.</remarks>
    public static int ExitCode(IEnumerable<CaseLine> cases, bool methodsWereNamed)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var verdicts = cases
            .Where(line => line.Role == MethodRole.Method)
            .SelectMany(line => line.Values)
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
}
