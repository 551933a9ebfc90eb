using System.CommandLine;

namespace Harness.Cli;

/// <summary>
/// A command of the <c>./harness</c> script. It stands here for <c>--help</c> only: when it runs, this program may not be built yet.
/// </summary>
internal sealed class ScriptCommand : HarnessCommand
{
    private ScriptCommand(string name, string description, string example)
        : base(name, description, example) =>
        Arguments.Add(new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore });

    public static IEnumerable<ScriptCommand> All =>
    [
        new("setup", "Install and build what this machine lacks; safe to repeat.", "./harness setup --check"),
        new("test", "Run the whole test suite; arguments go to dotnet test.", "./harness test --filter FullyQualifiedName~Eigen"),
        new("publish", "Write a self-contained folder for machines without the .NET SDK.", "./harness publish out/harness-linux"),
    ];

    public override int Execute(ParseResult arguments, CommandContext context) =>
        throw new UsageException($"'{Name}' belongs to the script ./harness at the root of the source tree; run it there");
}
