using System.CommandLine;
using Harness.Grading;

namespace Harness.Cli;

/// <summary><c>harness schema NAME</c>: the JSON Schema of a file that the harness writes.</summary>
internal sealed class SchemaCommand : HarnessCommand
{
    private static readonly string[] s_names = ["run"];

    private readonly Argument<string> _name = new("NAME") { Description = "run: a line of results.jsonl." };

    public SchemaCommand()
        : base("schema", "Print the JSON Schema of a file that the harness writes.", "harness schema run") => Arguments.Add(_name);

    public override int Execute(ParseResult arguments, CommandContext context)
    {
        var name = arguments.GetValue(_name)!;
        if (!s_names.Contains(name))
            throw new UsageException(NearestName.Unknown("schema", name, s_names));
        context.Output.Write(RunJson.JsonSchema());
        return ExitCode.Pass;
    }
}
