using Harness.ToyModels.Tests;

namespace Harness.Cli.Tests;

/// <summary>
/// Sphere search over fresh plants, against the bars of methods.md M4. No seed from 201 on was used while the search was developed; those from which no plant
/// comes out (a block starves in training) are left out, and the command names them. The record makes a run that was cut off go on.
/// </summary>
/// <remarks>
/// Measured once, on 20 plants: one block broken in 12, accuracy in 18, raw share in 45 of 60 rounds. Those three bars are NOT met, and the first test fails until
/// they are.
/// </remarks>
public sealed class SphereStatisticsTests
{
    private const ulong FirstFreshSeed = 201;

    [OnDemandTheory]
    [InlineData("modular-addition-chunked", 20)]
    public void Statistics_over_fresh_plants_reach_their_bars(string model, int models)
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("sphere", "--model", model, "--model-seed", $"{FirstFreshSeed}", "--models", $"{models}", "--json", "--out", folder.File("out"));
        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.All(run.Json().GetProperty("statistics").EnumerateArray(), row => Assert.True(
            row.GetProperty("value").GetDouble() >= row.GetProperty("bar").GetDouble() && !(row.GetProperty("null").ValueKind == System.Text.Json.JsonValueKind.Number && row.GetProperty("null").GetDouble() >= row.GetProperty("bar").GetDouble()),
            $"{row.GetProperty("name").GetString()}: {row}"));
    }

    /// <summary>A larger vocabulary: three of four.</summary>
    [OnDemandTheory]
    [InlineData("modular-addition-chunked-p37", 4)]
    public void Larger_vocabularies_break_too(string model, int models)
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("sphere", "--model", model, "--model-seed", $"{FirstFreshSeed}", "--models", $"{models}", "--json", "--out", folder.File("out"));
        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.True(run.Json().GetProperty("statistics")[0].GetProperty("hits").GetInt32() >= models - 1, $"{run.Json().GetProperty("statistics")[0]}");
    }
}
