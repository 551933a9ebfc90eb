namespace Harness.Grading;

/// <summary>Exit codes of the command line. 64 and above follow BSD's sysexits.</summary>
public static class ExitCode
{
    /// <summary>All checks passed or were skipped.</summary>
    public const int Passed = 0;

    /// <summary>A check failed, or a method errored.</summary>
    public const int Failed = 1;

    /// <summary>Nothing failed, but a check is undecided.</summary>
    public const int Undecided = 2;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>An input file is wrong.</summary>
    public const int BadInput = 65;

    /// <summary>The harness itself failed.</summary>
    public const int Internal = 70;

    /// <summary>A file could not be read or written.</summary>
    public const int InputOutput = 74;

    /// <summary>Interrupted from the keyboard.</summary>
    public const int Interrupted = 130;

    /// <summary>The code for a run. Only methods are judged; oracles, controls and nulls are not.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="methodsWereNamed">
    /// Whether the user named the methods. In the leaderboard of built-in methods a score below its bar is shown and is no failure of the command.
    /// </param>
    public static int Of(IEnumerable<CaseLine> cases, bool methodsWereNamed)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var values = cases
            .Where(line => line.Role == MethodRole.Method)
            .SelectMany(line => line.Values)
            .Where(value => methodsWereNamed || value.Level != CheckLevel.Should || value.Verdict == Verdict.Errored);
        return Verdicts.Merge(values.Select(value => value.Verdict).OfType<Verdict>()) switch
        {
            Verdict.Errored or Verdict.Fail => Failed,
            Verdict.Undecided => Undecided,
            _ => Passed,
        };
    }
}
