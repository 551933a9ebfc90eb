using System.CommandLine;
using System.Text.Json;
using Harness.Grading;
using Harness.Reporting;

namespace Harness.Cli;

/// <summary><c>harness compare BASELINE CURRENT</c>: what a change did to the numbers.</summary>
internal sealed class CompareCommand : HarnessCommand
{
    private static readonly JsonSerializerOptions s_options = new(RunJson.Options) { WriteIndented = true };

    private readonly Argument<string> _baseline = new("BASELINE") { Description = "A run's folder or record, or a baseline that harness approve wrote." };

    private readonly Argument<string> _current = new("CURRENT") { Description = "A run's folder or record." };

    private readonly Option<bool> _json = CliOption.Json();

    public CompareCommand()
        : base("compare", """
            Compare a run with a baseline, number by number: improved, unchanged, regressed, missing or new, the worst first.

            Numbers that vary with the seed are compared by their means over seeds (one-sided Welch test, Holm-corrected), all others by the tolerance of
            their check. Exit code: 1 if anything regressed or is missing, or the run is partial.
            """, "harness compare results/before results/after")
    {
        Arguments.Add(_baseline);
        Arguments.Add(_current);
        Options.Add(_json);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var comparison = RunComparison.Of(RecordArgument.Read(arguments.GetValue(_baseline)!), RecordArgument.Read(arguments.GetValue(_current)!));
        if (arguments.GetValue(_json))
            context.Output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Partial = comparison.IsPartial, comparison.Remarks,
                    Counts = Enum.GetValues<ChangeKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), comparison.Count),
                    comparison.Changes,
                },
                s_options));
        else
            ComparisonTables.Write(context.Console, comparison);
        return comparison.ExitCode();
    }
}
