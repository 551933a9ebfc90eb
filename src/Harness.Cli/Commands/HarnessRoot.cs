using System.CommandLine;
using System.CommandLine.Help;

namespace Harness.Cli;

/// <summary>The <c>harness</c> command itself: all the others, <c>--help</c> and <c>--version</c>.</summary>
internal sealed class HarnessRoot : HarnessCommand
{
    public HarnessRoot()
        : base("harness", """
            Verifies methods that decompose a neural network in parameter space: plants known subnetworks, grades what is found.

            Every option has an environment twin: --model-seed is HARNESS_MODEL_SEED; the option wins over it.
            Exit codes: 0 pass, 1 a check failed, 2 undecided, 64 usage, 65 bad input file, 70 internal error, 74 I/O, 130 cancelled.
            """, "harness grade")
    {
        Options.Add(new HelpOption { Recursive = true, Action = new HelpWithExample() });
        Options.Add(new VersionOption());
        foreach (var command in ScriptCommand.All)
            Subcommands.Add(command);
        foreach (var command in new HarnessCommand[]
        {
            new DoctorCommand(), new ListCommand(), new ShowCommand(), new EigenCommand(), new DensityCommand(), new SteerCommand(), new SphereCommand(), new BenchCommand(),
            new TrainCommand(), new ExportCommand(), new CheckSubmissionCommand(), new GradeCommand(), new CompareCommand(), new ApproveCommand(), new MergeCommand(),
            new ReportCommand(), new SchemaCommand(),
        })
            Subcommands.Add(command);
    }

    public override int Execute(ParseResult arguments, CommandContext context) =>
        throw new UsageException("no command given; 'harness --help' lists them");
}
