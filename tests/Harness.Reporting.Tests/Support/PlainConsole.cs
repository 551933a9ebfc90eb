using Spectre.Console;

namespace Harness.Reporting.Tests;

/// <summary>What is written to a terminal without colours, without the blanks at the ends of lines.</summary>
internal static class PlainConsole
{
    internal static string Render(int width, Action<IAnsiConsole> write)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        write(console);
        return string.Join('\n', writer.ToString().Split('\n').Select(line => line.TrimEnd()));
    }
}
