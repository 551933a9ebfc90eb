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
        var problem = MistypedOption(parsed) is { } option ? Unknown(command, option)
            : parsed.UnmatchedTokens is [var token, ..] ? Unknown(command, token)
            : command is HarnessRoot ? "no command given"
            : Problem(parsed.Errors[0], twins);
        return $"{problem} (see {path} --help)";
    }

    /// <summary>An option that does not exist, and that the parser took for an argument: to it <c>grade --jsn</c> names a folder.</summary>
    public static string? MistypedOption(ParseResult parsed)
    {
        // After "--" everything is an argument, and the script's commands are not read here.
        if (parsed.CommandResult.Command is ScriptCommand || parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return null;
        return parsed.CommandResult.Command.Arguments
            .SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? [])
            .Select(token => token.Value)
            .FirstOrDefault(value => value.Length > 1 && value[0] == '-');
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
        if (error.SymbolResult is ArgumentResult { Tokens: [], Argument: var missing } && missing.Arity.MinimumNumberOfValues > 0)
            return $"{missing.Name} is needed";
        var text = error.Message.TrimEnd('.');
        var twin = error.SymbolResult is OptionResult result ? twins.FirstOrDefault(twin => twin.Option == result.Option) : null;
        return twin is null ? text : $"{text} (from {twin.Variable})";
    }
}
