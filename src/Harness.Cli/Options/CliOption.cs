using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Harness.Cli;

/// <summary>Options with their default, their range in the help, and one form of error text: <c>--top: expected …, got '…'</c>.</summary>
public static class CliOption
{
    /// <summary>The switch <c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write one JSON document to standard output, and nothing else there." };

    /// <summary>A switch, off unless given.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>A seed: any whole number from 0 to 2⁶⁴ − 1.</summary>
    public static Option<ulong> Seed(string name, string description, ulong defaultValue = 0) =>
        Parsed(name, description, defaultValue, $"a whole number from 0 to {ulong.MaxValue}", text =>
            ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? (true, value) : default);

    /// <summary>A whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static Option<int> Count(string name, string description, int defaultValue, int minimum = 1, int maximum = int.MaxValue) =>
        Parsed(name, description, defaultValue, $"a whole number from {minimum} to {maximum}", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum && value <= maximum ? (true, value) : default);

    /// <summary>A finite number above 0, at most <paramref name="maximum"/>.</summary>
    public static Option<double> Positive(string name, string description, double defaultValue, double maximum = double.MaxValue) =>
        Parsed(name, description, defaultValue, $"a number above 0{(maximum < double.MaxValue ? $", at most {maximum}" : "")}", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && value > 0 && value <= maximum ? (true, value) : default);

    /// <summary>One of a few words.</summary>
    public static Option<string> Choice(string name, string description, string defaultValue, params string[] choices) =>
        Parsed(name, description, defaultValue, $"{string.Join(", ", choices[..^1])} or {choices[^1]}", text =>
            choices.Contains(text) ? (true, text) : default);

    /// <summary>Any text of the user's own; null unless given.</summary>
    public static Option<string?> Text(string name, string description) => new(name) { Description = description };

    /// <summary>An option with a reader of its own.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="defaultValue">Taken when neither the option nor its twin is given.</param>
    /// <param name="expected">What a value looks like: the middle of the error text.</param>
    /// <param name="read">Whether the text is good, and its value.</param>
    public static Option<T> Parsed<T>(
        string name, string description, T defaultValue, string expected, Func<string, (bool Good, T Value)> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new Option<T>(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (read(text) is (true, var value))
                    return value;
                result.AddError($"{name}: expected {expected}, got '{text}'");
                return defaultValue;
            },
        };
    }
}
