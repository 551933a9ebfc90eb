namespace Harness.Cli.Tests;

public class ListCommandTests
{
    /// <summary>Rejects a list that leaves out a kind of thing, or names what the other commands do not take.</summary>
    [Fact]
    public void Everything_that_can_be_named_is_listed()
    {
        var lists = CommandLine.Run("list", "--json").Json();
        string[] Names(string list) => [.. lists.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

        Assert.Contains("modular-addition", Names("models"));
        Assert.Contains("builtin:unit-clusters", Names("methods"));
        Assert.Contains("builtin:miniature/theta-star", Names("miniatures"));
        Assert.Contains("recovery.directions", Names("checks"));
        Assert.All(Names("methods").Concat(Names("miniatures")), selector => MethodSelector.Read(selector));
    }

    /// <summary>Rejects lists that cut summaries so short that models look the same.</summary>
    [Fact]
    public void The_first_sentence_tells_models_apart()
    {
        var lines = CommandLine.Run("list", "models").Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)[1..];
        var sentences = lines.Select(line => line[line.IndexOf(' ', StringComparison.Ordinal)..].Trim()).ToList();

        Assert.Equal(sentences.Count, sentences.Distinct().Count());
        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence));
    }

    [Fact]
    public void One_list_alone() => Assert.Single(CommandLine.Run("list", "models", "--json").Json().EnumerateObject());

    [Fact]
    public void An_unknown_list_is_a_usage_error()
    {
        var run = CommandLine.Run("list", "model");
        Assert.Equal((ExitCode.Usage, "harness: unknown list 'model'; did you mean 'models'?"), (run.Code, run.Error.Trim()));
    }
}
