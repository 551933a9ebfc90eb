using System.CommandLine;
using System.CommandLine.Parsing;

namespace Harness.Cli;

/// <summary>The program as a function: arguments in, text and an exit code out.</summary>
public static class HarnessCli
{
    // '@' begins no response file here, and there are no one-letter options to bundle.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs one command line under the process's environment.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellation">Stops the command; it then returns <see cref="ExitCode.Cancelled"/>.</param>
    /// <returns>A member of <see cref="ExitCode"/>; never throws for what a command does.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation) =>
        Run(args, output, error, cancellation, Environment.GetEnvironmentVariable);

    /// <summary>Runs one command line under an environment of the caller's.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellation">Stops the command; it then returns <see cref="ExitCode.Cancelled"/>.</param>
    /// <param name="environment">The value of a variable, null when it is not set.</param>
    /// <returns>A member of <see cref="ExitCode"/>; never throws for what a command does.</returns>
    public static int Run(
        string[] args, TextWriter output, TextWriter error, CancellationToken cancellation, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(environment);
        try
        {
            return RunCore(args, new CommandContext(output, error, cancellation), environment);
        }
        catch (Exception failure)
        {
            return Failure.Report(failure, cancellation, error, EnvironmentTwin.IsOn(environment("HARNESS_DEBUG")));
        }
    }

    /// <summary>The commands, for whoever documents or tests them all.</summary>
    public static IEnumerable<HarnessCommand> Commands => new HarnessRoot().Subcommands.OfType<HarnessCommand>();

    private static int RunCore(string[] args, CommandContext context, Func<string, string?> environment)
    {
        var root = new HarnessRoot();
        var parsed = root.Parse(args, Parsing);
        var configuration = new InvocationConfiguration { Output = context.Output, Error = context.Error };
        if (parsed.Action is { ClearsParseErrors: true })
            return parsed.Invoke(configuration);

        var twins = EnvironmentTwin.ReadAll(parsed, environment);
        if (twins.Count > 0)
            parsed = root.Parse(EnvironmentTwin.AddTo(args, twins), Parsing);
        var command = (HarnessCommand)parsed.CommandResult.Command;
        if (UsageText.MistypedOption(parsed) is not null)
            throw new UsageException(UsageText.For(parsed, twins));
        if (command != root && parsed.Errors.Count == 0 && parsed.Action is null)
            return command.Execute(parsed, context);
        if (parsed.Errors.Count == 0 && parsed.Action is not null)
            return parsed.Invoke(configuration);
        throw new UsageException(UsageText.For(parsed, twins));
    }
}
