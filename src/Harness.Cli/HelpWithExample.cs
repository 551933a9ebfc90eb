using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Harness.Cli;

/// <summary>The usual help, then the command's example.</summary>
internal sealed class HelpWithExample : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    // Whoever asks for help beside a mistake wants the help.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is HarnessCommand command)
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {command.Example}");
        return code;
    }
}
