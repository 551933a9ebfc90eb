using System.CommandLine;

namespace Harness.Cli;

/// <summary>A command of <c>harness</c>. The constructor of a subclass adds its options; each gets an environment twin by itself.</summary>
/// <param name="name">As typed.</param>
/// <param name="description">One sentence for the list of commands; more lines may follow it.</param>
/// <param name="example">A command line that works, shown at the end of its help; a test parses it.</param>
public abstract class HarnessCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>A command line that works.</summary>
    public string Example { get; } = example;

    /// <summary>Runs the command. Exceptions become exit codes and one line (see <see cref="ExitCode"/>); nothing need be caught here.</summary>
    /// <param name="arguments">The parsed command line, environment twins included.</param>
    /// <param name="context">Output, progress, cancellation.</param>
    /// <returns>A member of <see cref="ExitCode"/>.</returns>
    /// <exception cref="UsageException">The arguments do not go together or name what does not exist.</exception>
    public abstract int Execute(ParseResult arguments, CommandContext context);
}
