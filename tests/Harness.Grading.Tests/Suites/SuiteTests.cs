using System.Diagnostics;
using Harness.ToyModels;

namespace Harness.Grading.Tests;

/// <summary>The suites name what exists, and what they were approved with.</summary>
public class SuiteTests
{
    public static TheoryData<string> Names => [.. Suite.All.Select(suite => suite.Name)];

    /// <summary>Kills a suite with a model, an oracle or a null that does not exist, or with one of them twice.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Models_and_miniatures_exist_once(string name)
    {
        var suite = Suite.Find(name)!;
        Assert.NotEmpty(suite.Models);
        Assert.Equal(suite.Models.Distinct(), suite.Models);
        Assert.All(suite.Models, id => Assert.Contains(ToyModelCatalog.Entries, entry => entry.Id == id));
        Assert.All(suite.Miniatures, miniature => Assert.NotNull(MiniatureCatalog.Get(miniature)));
        Assert.NotEmpty(suite.Version);
    }

    [Fact]
    public void Names_are_distinct_and_found()
    {
        Assert.Equal(["quick", "full", "sparse", "hessian", "controls"], Suite.All.Select(suite => suite.Name));
        Assert.Equal(Suite.All.Count, Suite.All.Select(suite => suite.Name).Distinct().Count());
        Assert.Null(Suite.Find("Quick"));
        Assert.All(Suite.Quick.Models, id => Assert.Contains(id, Suite.Full.Models));
    }

    /// <summary>Kills a model whose parameters change without a word, and one that is added to a suite without being approved.</summary>
    [Fact]
    public void Parameters_are_the_approved_ones()
    {
        var measured = ThetaRegister.Measure(Suite.All);
        var stale = measured.Cases.Where(one => ThetaRegister.Default.Cases.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key)
            .Concat(ThetaRegister.Default.Cases.Keys.Except(measured.Cases.Keys)).ToList();
        Assert.True(
            stale.Count == 0,
            $"θ* of {string.Join(", ", stale)} differ from fixtures/suites.json. If that is meant, raise the version of the suites they are in and "
            + "approve them: ./harness list suites --approve fixtures");
        Assert.All(Suite.All, suite => Assert.True(ThetaRegister.Default.Of(suite).Count >= suite.Models.Count));
    }

    /// <summary>A stranger waits for the models before anything happens: 20 s of processor at most (measured: under 1 s).</summary>
    [Fact]
    public void The_quick_suite_is_built_at_once()
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var cases = ThetaRegister.Measure([Suite.Quick]).Cases.Count;
        process.Refresh();
        Assert.True(cases >= 15);
        Assert.InRange((process.TotalProcessorTime - before).TotalSeconds, 0, 20);
    }
}
