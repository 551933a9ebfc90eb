using System.CommandLine;

namespace Harness.Cli.Tests;

/// <summary>Help of every command, those to come included.</summary>
public class HelpTests
{
    public static TheoryData<string> Names => [.. HarnessCli.Commands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_ends_with_the_example(string name)
    {
        var run = CommandLine.Run(name, "--help");
        var command = HarnessCli.Commands.Single(command => command.Name == name);

        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.EndsWith($"Example:\n  {command.Example}", run.Output.ReplaceLineEndings("\n").TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    /// <summary>Rejects an example that was right before its options were renamed.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_is_a_command_line_that_parses(string name)
    {
        var command = HarnessCli.Commands.Single(command => command.Name == name);
        var words = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(command.Example.Split(" && ")[0]).ToArray();

        Assert.True(words is ["harness" or "./harness", ..], command.Example);
        Assert.Equal(name, words[1]);
        // The script passes on what it does not know; its commands take anything.
        if (words[0] == "harness")
            Assert.Empty(new HarnessRoot().Parse(words[1..]).Errors.Select(error => error.Message));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_and_option_is_described(string name)
    {
        var command = HarnessCli.Commands.Single(command => command.Name == name);

        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
    }

    [Fact]
    public void Root_help_names_every_command()
    {
        var run = CommandLine.Run("--help");

        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.All(HarnessCli.Commands, command => Assert.Contains($"  {command.Name}", run.Output, StringComparison.Ordinal));
    }
}
