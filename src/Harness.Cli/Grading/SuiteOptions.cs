using System.CommandLine;
using Harness.Grading;

namespace Harness.Cli;

/// <summary>The options that choose a suite: <c>--suite NAME</c>, or <c>--quick</c> and <c>--full</c> for short.</summary>
internal sealed class SuiteOptions
{
    private static readonly string s_names = string.Join(", ", Suite.All.Select(suite => suite.Name));

    private readonly Option<string?> _suite = CliOption.Text("--suite", $"A suite by name: {s_names}.");

    private readonly Option<bool> _quick = CliOption.Switch("--quick", "The quick suite, which is the default.");

    private readonly Option<bool> _full = CliOption.Switch("--full", "The full suite.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _suite, _quick, _full })
            command.Options.Add(option);
    }

    /// <summary>The suite that was chosen; null: none.</summary>
    /// <exception cref="UsageException">There is no suite of this name, or two were chosen.</exception>
    public Suite? Read(ParseResult arguments)
    {
        var chosen = new[]
        {
            arguments.GetValue(_suite) is { } name ? Find(name) : null,
            arguments.GetValue(_quick) ? Suite.Quick : null,
            arguments.GetValue(_full) ? Suite.Full : null,
        }.OfType<Suite>().ToList();
        return chosen.Count <= 1 ? chosen.FirstOrDefault() : throw new UsageException("choose one of --suite, --quick and --full");
    }

    private static Suite Find(string name) => Suite.Find(name) ?? throw new UsageException(NearestName.Unknown("suite", name, Suite.All.Select(suite => suite.Name)));
}
