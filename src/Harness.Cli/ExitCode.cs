namespace Harness.Cli;

/// <summary>What the exit status of <c>harness</c> says. From 64 on they follow BSD's <c>sysexits.h</c>.</summary>
public static class ExitCode
{
    /// <summary>Everything asked for was done, and every check that counts passed.</summary>
    public const int Pass = 0;

    /// <summary>
    /// A check failed, <c>doctor</c> found a fault, or <c>eigen</c> returned less than was asked: what it returns is certified, and its flags say what is
    /// lacking and why (the budget spent, a product that is not finite, …).
    /// </summary>
    public const int CheckFailed = 1;

    /// <summary>No check failed, but at least one could not be decided (too few seeds, no signal).</summary>
    public const int Undecided = 2;

    /// <summary>The command line is wrong: unknown command, option, name or value.</summary>
    public const int Usage = 64;

    /// <summary>An input file is not what it should be: truncated, ill-formed, shapes that do not fit.</summary>
    public const int BadInput = 65;

    /// <summary>A fault of this program or of libtorch; HARNESS_DEBUG=1 shows where.</summary>
    public const int Internal = 70;

    /// <summary>A file could not be read or written.</summary>
    public const int InputOutput = 74;

    /// <summary>Stopped by Ctrl-C or a termination signal; what was finished is on record.</summary>
    public const int Cancelled = 130;
}
