using System.Text.Json;

namespace Harness.Cli.Tests;

/// <summary>One run of the program inside the test process, under an environment of its own.</summary>
internal sealed record CommandLine(int Code, string Output, string Error)
{
    public static CommandLine Run(params string[] args) => Run(new Dictionary<string, string>(), args);

    public static CommandLine Run(IReadOnlyDictionary<string, string> environment, params string[] args) =>
        Run(environment, CancellationToken.None, args);

    public static CommandLine Run(IReadOnlyDictionary<string, string> environment, CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = HarnessCli.Run(args, output, error, cancellation, environment.GetValueOrDefault);
        return new CommandLine(code, output.ToString(), error.ToString());
    }

    /// <summary>Standard output as one JSON document; anything before, between or after fails.</summary>
    public JsonElement Json() => JsonDocument.Parse(Output).RootElement;
}
