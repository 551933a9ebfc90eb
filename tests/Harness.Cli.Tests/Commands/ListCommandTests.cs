using System.Text.Json;
using Harness.Grading;
using Harness.ToyModels;

namespace Harness.Cli.Tests;

public class ListCommandTests
{
    /// <summary>Rejects a list that leaves out a kind of thing, or names what the other commands do not take.</summary>
    [Fact]
    public void Everything_that_can_be_named_is_listed()
    {
        var lists = CommandLine.Run("list", "--json").Json();
        string[] Names(string list) => [.. lists.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

        Assert.Equal(ToyModelCatalog.Entries.Select(entry => entry.Id), Names("models"));
        Assert.Equal(Suite.All.Select(suite => suite.Name), Names("suites"));
        Assert.Contains("builtin:unit-clusters", Names("methods"));
        Assert.Contains("builtin:miniature/theta-star", Names("miniatures"));
        Assert.Contains("recovery.directions", Names("checks"));
        Assert.All(Names("methods").Concat(Names("miniatures")), selector => MethodSelector.Read(selector));
    }

    /// <summary>Rejects lists that cut summaries so short that models look the same, and columns that are not the model's.</summary>
    [Fact]
    public void Models_are_told_apart_and_measured()
    {
        var models = CommandLine.Run("list", "models", "--json").Json().GetProperty("models").EnumerateArray().ToList();
        static string First(JsonElement model) => model.GetProperty("summary").GetString()!.Split(". ")[0];
        Assert.Equal(models.Count, models.Select(First).Distinct().Count());
        var line = Assert.Single(CommandLine.Run("list", "models").Output.Split('\n'), line => line.StartsWith("direct-sum ", StringComparison.Ordinal));
        Assert.Matches(@"^direct-sum +Exact +78 +3 +yes, twin: direct-sum-dense +[0-9.]+ s +3 independent networks", line);
    }

    [Fact]
    public void One_list_alone() => Assert.Single(CommandLine.Run("list", "suites", "--json").Json().EnumerateObject());

    /// <summary>A score says what it was measured on: every case with its fingerprint.</summary>
    [Fact]
    public void Suites_list_their_cases()
    {
        var quick = CommandLine.Run("list", "suites", "--json").Json().GetProperty("suites").EnumerateArray().First();
        Assert.Equal(("quick", Suite.Quick.Version), (quick.GetProperty("name").GetString(), quick.GetProperty("version").GetString()));
        Assert.Matches("^[0-9a-f]{16}$", quick.GetProperty("theta").GetProperty("modular-addition@0/permute:0").GetString());
    }

    [Fact]
    public void Approving_writes_the_register()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.Pass, CommandLine.Run("list", "suites", "--approve", folder.File("new")).Code);
        Assert.Equal(ThetaRegister.Default.Cases, ThetaRegister.Read(folder.File("new")).Cases);
    }

    [Theory]
    [InlineData("harness: unknown list 'model'; did you mean 'models'?", "model")]
    [InlineData("harness: --approve belongs to harness list suites", "models", "--approve", "x")]
    public void What_cannot_be_listed_is_a_usage_error(string expected, params string[] args)
    {
        var run = CommandLine.Run(["list", .. args]);
        Assert.Equal((ExitCode.Usage, expected), (run.Code, run.Error.Trim()));
    }
}
