using System.CommandLine;
using Harness.Grading;
using Harness.Reporting;
using Spectre.Console;

namespace Harness.Cli;

/// <summary><c>harness approve RUN</c>: a run becomes the baseline of its suite.</summary>
internal sealed class ApproveCommand : HarnessCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "A run's folder or record; it must be complete." };

    private readonly Option<string?> _to = CliOption.Text("--to", "The baseline's file. Default: fixtures/baselines/SUITE.jsonl.");

    public ApproveCommand()
        : base("approve", """
            Make a run the baseline with which later runs are compared, and say what that changes.

            The file is replaced at once or not at all; times, memory and explanations are left out of it.
            """, "harness approve results/after --to fixtures/baselines/quick.jsonl")
    {
        Arguments.Add(_run);
        Options.Add(_to);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var record = RecordArgument.Read(arguments.GetValue(_run)!);
        var path = arguments.GetValue(_to) ?? Path.Combine("fixtures", "baselines", $"{record.Header.Suite.Name}.jsonl");
        if (Directory.Exists(path))
            throw new UsageException($"--to {path} is a folder; give a file");
        if (File.Exists(path) && record.IsComplete)
            ComparisonTables.Write(context.Console, RunComparison.Of(RunRecord.Read(path), record));
        Baseline.Write(record, path);
        context.Console.WriteLine($"{path}: {record.Cases.Count} cases approved");
        return ExitCode.Pass;
    }
}
