using Spectre.Console;

namespace Harness.Cli;

/// <summary>Spectre consoles over a text writer: colour and movement only when a person watches.</summary>
internal static class Terminal
{
    // A line in a log or a file is not broken into the 80 columns of a terminal that is not there.
    private const int WidthWhenPiped = 1000;

    /// <summary>Whether the writer is the process's own standard output, shown on a terminal.</summary>
    public static bool IsOutput(TextWriter writer) => ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Whether the writer is the process's own standard error, shown on a terminal.</summary>
    public static bool IsError(TextWriter writer) => ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected;

    public static IAnsiConsole Over(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = WidthWhenPiped;
        return console;
    }
}
