using System.CommandLine;
using System.CommandLine.Parsing;

namespace Harness.Cli;

/// <summary>The line that says what is wrong with a command line, and what may have been meant.</summary>
internal static class UsageText
{
    public static string For(ParseResult parsed, IReadOnlyList<EnvironmentTwin> twins)
    {
        var command = parsed.CommandResult.Command;
        var path = command is HarnessRoot ? "harness" : $"harness {command.Name}";
        var problem = parsed.UnmatchedTokens is [var token, ..] ? Unknown(command, token)
            : command is HarnessRoot ? "no command given"
            : Problem(parsed.Errors[0], twins);
        return $"{problem} (see {path} --help)";
    }

    private static string Unknown(Command command, string token)
    {
        if (token.StartsWith('-'))
            return NearestName.Unknown("option", token, command.Options.Select(option => option.Name));
        return command.Subcommands.Count > 0
            ? NearestName.Unknown("command", token, command.Subcommands.Select(subcommand => subcommand.Name))
            : $"unexpected argument '{token}'";
    }

    private static string Problem(ParseError error, IReadOnlyList<EnvironmentTwin> twins)
    {
        var text = error.Message.TrimEnd('.');
        var twin = error.SymbolResult is OptionResult result ? twins.FirstOrDefault(twin => twin.Option == result.Option) : null;
        return twin is null ? text : $"{text} (from {twin.Variable})";
    }
}
