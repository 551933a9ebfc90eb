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
}
