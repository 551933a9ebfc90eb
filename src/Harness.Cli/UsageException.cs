namespace Harness.Cli;

/// <summary>The command line asks for something that does not exist or does not go together; ends with <see cref="ExitCode.Usage"/>.</summary>
/// <param name="message">What was asked, what is possible, what to do next; one line, no final stop.</param>
public sealed class UsageException(string message) : Exception(message);
