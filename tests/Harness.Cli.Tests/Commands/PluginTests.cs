using Harness.Decompositions;
using Harness.Numerics;

namespace Harness.Cli.Tests;

/// <summary>A plug-in: this very assembly, loaded a second time in a world of its own.</summary>
public class PluginTests
{
    private static readonly string s_path = typeof(PluginTests).Assembly.Location;

    /// <summary>Rejects a loader whose plug-ins see another IDecompositionMethod than ours, and a grader that never calls them.</summary>
    [Fact]
    public void A_method_of_another_assembly_is_graded()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(
            "grade", "--method", $"dll:{s_path}#{typeof(FirstCoordinate).FullName}", "--model", "superposition-5-5", "--disguise", "none",
            "--out", folder.File("run"), "--json");
        var line = run.Json().GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("role").GetString() == "method");

        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("FirstCoordinate", line.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.Contains(line.GetProperty("values").EnumerateArray(), value => value.GetProperty("verdict").GetString() == "fail");
    }

    /// <summary>Kills: a plug-in's Console.WriteLine inside the JSON document.</summary>
    [Fact]
    public void What_a_plugin_prints_goes_to_standard_error()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(
            "grade", "--method", $"dll:{s_path}#{typeof(SaysWhereItPrints).FullName}", "--model", "superposition-5-5", "--disguise", "none",
            "--out", folder.File("run"), "--json");
        var line = run.Json().GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("role").GetString() == "method");
        Assert.Equal("InvalidOperationException: output is error: True", line.GetProperty("values")[0].GetProperty("reason").GetString());
    }

    /// <summary>Kills: a constructor that throws and takes the run down as an internal error.</summary>
    [Fact]
    public void A_constructor_that_throws_is_the_cases_error()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(
            "grade", "--method", $"dll:{s_path}#{typeof(Unborn).FullName}", "--model", "superposition-5-5", "--disguise", "none", "--out", folder.File("run"));
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("(none, seed 0): NotSupportedException: not on this machine", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dll:", ExitCode.Usage, "expected dll:PATH#TYPE")]
    [InlineData("dll:nowhere.dll#My.Type", ExitCode.InputOutput, "nowhere.dll does not exist")]
    public void What_is_not_there_is_named(string selector, int code, string expected)
    {
        var run = CommandLine.Run("grade", "--method", selector);
        Assert.Equal(code, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_is_not_there_suggests_the_nearest()
    {
        var run = CommandLine.Run("grade", "--method", $"dll:{s_path}#Harness.Cli.Tests.FirstCoordinat");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"did you mean '{typeof(FirstCoordinate).FullName}'?", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Rejects a message that lists the methods there are when there are none.</summary>
    [Fact]
    public void An_assembly_without_methods_says_what_a_method_is()
    {
        var run = CommandLine.Run("grade", "--method", $"dll:{typeof(HarnessCli).Assembly.Location}#My.Type");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("no public class implements Harness.Decompositions.IDecompositionMethod", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_a_bad_input()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("text.dll");
        File.WriteAllText(file, "no assembly");
        Assert.Equal(ExitCode.BadInput, CommandLine.Run("grade", "--method", $"dll:{file}#My.Type").Code);
    }
}

/// <summary>Claims the first coordinate of parameter space, whatever the network.</summary>
public sealed class FirstCoordinate : IDecompositionMethod
{
    public MethodInfo Describe() => new("first-coordinate", "1", "The first coordinate.", IsStochastic: false);

    public Decomposition Decompose(Subject subject, MethodContext context) => new(
        Describe(), [new Subnetwork("first", new CoordinateSubspace(subject.Model.Network.Layout.Length, [0]))], new Dictionary<string, string>());
}

/// <summary>Tells where its output would go.</summary>
public sealed class SaysWhereItPrints : IDecompositionMethod
{
    public MethodInfo Describe() => new("prints", "1", "Tells where its output would go.", IsStochastic: false);

    public Decomposition Decompose(Subject subject, MethodContext context) =>
        throw new InvalidOperationException($"output is error: {ReferenceEquals(Console.Out, Console.Error)}");
}

/// <summary>Cannot be made.</summary>
public sealed class Unborn : IDecompositionMethod
{
    public Unborn() => throw new NotSupportedException("not on this machine");

    public MethodInfo Describe() => new("unborn", "1", "Cannot be made.", IsStochastic: false);

    public Decomposition Decompose(Subject subject, MethodContext context) => throw new NotSupportedException();
}
