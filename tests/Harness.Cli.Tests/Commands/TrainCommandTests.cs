using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli.Tests;

public class TrainCommandTests
{
    /// <summary>
    /// Weights trained and approved here load as fixtures, hash and all. Rejects a command that approves without writing, or writes other weights than
    /// those that met the bar.
    /// </summary>
    [Fact]
    public void Trained_weights_that_meet_the_bar_can_be_approved()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("train", "superposition-5-2", "--approve", folder.File("fixtures"), "--json");
        var answer = run.Json();

        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.True(answer.GetProperty("meetsBar").GetBoolean());
        using var scope = torch.NewDisposeScope();
        var model = ToyModelCatalog.Create("superposition-5-2");
        var loaded = new FixtureStore(folder.File("fixtures")).Load("superposition-5-2", model.Model.Network.Layout);
        var difference = (loaded - model.Model.Parameters).norm().ToDouble() / model.Model.Parameters.norm().ToDouble();
        Assert.InRange(difference, 0, 0.1);
    }

    [Theory]
    [InlineData("is written down, not trained", "modular-addition")]
    [InlineData("unknown model 'superposition-5-1'; did you mean", "superposition-5-1")]
    public void Only_trained_models_are_trained(string expected, string model)
    {
        var run = CommandLine.Run("train", model);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    /// <summary>Rejects a survey that trains one seed over and over, or shows a later attempt for the first.</summary>
    [Fact]
    public void Several_seeds_are_trained_one_by_one()
    {
        var run = CommandLine.Run("train", "superposition-5-2", "--model-seed", "3", "--seeds", "2", "--json");
        var answer = run.Json();
        var seeds = answer.GetProperty("seeds").EnumerateArray().ToArray();
        Assert.Equal([3, 4], seeds.Select(seed => seed.GetProperty("modelSeed").GetInt32()));
        Assert.Equal(seeds.Count(seed => seed.GetProperty("firstMeetsBar").GetBoolean()), answer.GetProperty("firstAttemptsThatMeetTheBar").GetInt32());
        Assert.Equal(2, seeds.Select(seed => seed.GetProperty("firstQuality").ToString()).Distinct().Count());
        foreach (var seed in seeds)
        {
            var first = ToyModelTrainer.Train("superposition-5-2", seed.GetProperty("modelSeed").GetUInt64()).FirstQuality;
            Assert.Equal(first[0].Measured, seed.GetProperty("firstQuality")[0].GetProperty("measured").GetDouble());
        }
        Assert.Equal(seeds.All(seed => seed.GetProperty("meetsBar").GetBoolean()) ? ExitCode.Pass : ExitCode.CheckFailed, run.Code);
    }

    [Fact]
    public void Several_seeds_make_no_one_file()
    {
        var run = CommandLine.Run("train", "superposition-5-2", "--seeds", "2", "--out", "weights.safetensors");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--out: with --seeds 2 there are several sets of weights", run.Error, StringComparison.Ordinal);
    }
}
