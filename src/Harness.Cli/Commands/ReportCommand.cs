using System.CommandLine;
using Harness.Grading;
using Harness.Reporting;

namespace Harness.Cli;

/// <summary><c>harness report RUN</c>: a run record for people.</summary>
internal sealed class ReportCommand : HarnessCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "A run's folder, or its results.jsonl." };

    private readonly Option<string> _format = CliOption.Choice(
        "--format", "terminal, why (each score explained), markdown, summary (Markdown below 1 MiB, failures first), svg, junit (XML) or ctrf (JSON).", "terminal",
        "terminal", "why", "markdown", "summary", "svg", "junit", "ctrf");

    private readonly Option<string?> _out = CliOption.Text("--out", "Write to this file instead of standard output.");

    public ReportCommand()
        : base("report", "Show a run record as tables, Markdown, a picture, or test results.", "harness report results/first --format markdown --out report.md")
    {
        Arguments.Add(_run);
        Options.Add(_format);
        Options.Add(_out);
    }

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var record = RecordArgument.Read(arguments.GetValue(_run)!);
        if (arguments.GetValue(_out) is not { } file)
            Write(record, arguments.GetValue(_format)!, context.Output, context);
        else
        {
            using var text = new StringWriter();
            Write(record, arguments.GetValue(_format)!, text, null);
            File.WriteAllText(file, text.ToString());
        }
        return ExitCode.Pass;
    }

    private static void Write(RunRecord record, string format, TextWriter output, CommandContext? terminal)
    {
        if (format is "terminal" or "why")
        {
            var console = terminal?.Console ?? Terminal.Over(output, isTerminal: false);
            if (format == "why")
                CaseExplanations.Write(console, record);
            else
                LeaderboardTables.Write(console, record);
        }
        else
            output.WriteLine(format switch
            {
                "svg" => LeaderboardSvg.Of(record),
                "junit" => JUnitReport.Of(record),
                "ctrf" => CtrfReport.Of(record),
                "summary" => StepSummary.Of(record),
                _ => MarkdownReport.Of(record),
            });
    }
}
