using System.CommandLine;
using Harness.Grading;

namespace Harness.Cli;

/// <summary><c>harness check-submission DIR</c>: whether answers can be graded; needs no key.</summary>
internal sealed class CheckSubmissionCommand : HarnessCommand
{
    private readonly Argument<string> _directory = new("DIR") { Description = "A folder that harness export wrote, with answers in it." };

    public CheckSubmissionCommand()
        : base("check-submission", "Say exactly what is wrong with a submission, if anything is.", "harness check-submission cases") =>
        Arguments.Add(_directory);

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        context.Output.WriteLine(SubmissionFolder.Check(arguments.GetValue(_directory)!));
        return ExitCode.Pass;
    }
}
