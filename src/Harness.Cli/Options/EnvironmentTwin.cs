using System.CommandLine;
using System.CommandLine.Help;

namespace Harness.Cli;

/// <summary>
/// A value for an option that the environment gives and the command line does not: <c>HARNESS_MODEL_SEED</c> for <c>--model-seed</c>.
/// Every option has such a twin. An option that may be repeated takes one value a line.
/// </summary>
/// <param name="Variable">The variable, e.g. <c>HARNESS_SEED</c>.</param>
/// <param name="Option">The option it stands in for.</param>
/// <param name="Values">The values, in order.</param>
internal sealed record EnvironmentTwin(string Variable, Option Option, IReadOnlyList<string> Values)
{
    /// <summary>The name of an option's twin.</summary>
    public static string Name(Option option) => "HARNESS_" + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    /// <summary>Whether a variable used as a switch is on: 1 or true.</summary>
    public static bool IsOn(string? value) => value is "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The twins that count for a parsed command line: set, not empty, and their option not given.</summary>
    /// <exception cref="UsageException">A switch is neither 1, true, 0 nor false.</exception>
    public static IReadOnlyList<EnvironmentTwin> ReadAll(ParseResult parsed, Func<string, string?> environment) =>
        [.. from option in parsed.CommandResult.Command.Options
            where option is not (HelpOption or VersionOption) && parsed.GetResult(option) is null or { Implicit: true }
            let value = environment(Name(option))
            where !string.IsNullOrEmpty(value)
            select new EnvironmentTwin(Name(option), option, Split(option, value))];

    /// <summary>The command line with the twins written out.</summary>
    public static string[] AddTo(string[] args, IEnumerable<EnvironmentTwin> twins)
    {
        // After "--" everything is an argument.
        var end = Array.IndexOf(args, "--");
        if (end < 0)
            end = args.Length;
        return [.. args[..end], .. twins.SelectMany(twin => twin.Values.Select(value => $"{twin.Option.Name}={value}")), .. args[end..]];
    }

    private static IReadOnlyList<string> Split(Option option, string value)
    {
        if (option.ValueType != typeof(bool))
            return option.Arity.MaximumNumberOfValues > 1 ? value.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [value];
        if (IsOn(value))
            return ["true"];
        if (value is "0" || string.Equals(value, "false", StringComparison.OrdinalIgnoreCase))
            return ["false"];
        throw new UsageException($"{Name(option)}: expected 1, true, 0 or false, got '{value}'");
    }
}
