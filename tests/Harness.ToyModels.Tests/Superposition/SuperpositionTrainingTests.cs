using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class SuperpositionTrainingTests : Scoped
{
    private static readonly SuperpositionSchedule s_quick = new(2500, 256, 4000, 128);

    public static TheoryData<string> Ids => [.. Superposition.Specs.Select(spec => spec.Id)];

    /// <summary>
    /// Retraining from scratch, on a shorter schedule, meets the bar of the approved weights (the bar, not the bits).
    /// </summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void RetrainingMeetsTheBar(string id)
    {
        var result = Superposition.Recipe(Spec(id) with { Schedule = s_quick }).Train(0, null, CancellationToken.None);
        Assert.True(result.MeetsBar, result.Shortfall);
        Certified.Holds(result.Model);
    }

    /// <summary>Rejects randomness that does not come from the seed, and attempts that repeat each other.</summary>
    [Fact]
    public void SeedAndAttemptDecideTheWeights()
    {
        var spec = Spec("superposition-5-2-untied") with { Schedule = new(20, 16, 20, 16) };
        double[] Weights(ulong seed, int attempt) =>
            SuperpositionTraining.Train(spec, seed, attempt, new TrainingWatch()).data<double>().ToArray();
        Assert.Equal(Weights(5, 1), Weights(5, 1));
        Assert.NotEqual(Weights(5, 1), Weights(6, 1));
        Assert.NotEqual(Weights(5, 1), Weights(5, 2));
    }

    /// <summary>Rejects a trainer that passes a bad model for a good one, or gives up before its attempts are used.</summary>
    [Fact]
    public void AMissedBarIsReported()
    {
        var result = Superposition.Recipe(Spec("superposition-5-2") with { Schedule = new(1, 4, 0, 1) }).Train(0, null, CancellationToken.None);
        Assert.False(result.MeetsBar);
        Assert.Equal(8, result.Attempts);
        Assert.Contains("features form a regular pentagon", result.Shortfall);
    }

    /// <summary>
    /// Mutant: untying without fine-tuning keeps the tied loss, which misses the untied bar. The check tells them apart.
    /// </summary>
    [Fact]
    public void UntyingAloneMissesTheUntiedBar()
    {
        var recipe = Superposition.Recipe(Spec("superposition-5-2-untied") with { Schedule = s_quick with { UntiedSteps = 0 } }) with { Attempts = 1 };
        Assert.Contains("fresh samples", recipe.Train(0, null, CancellationToken.None).Shortfall);
    }

    [Fact]
    public void TrainingCanBeWatchedAndCancelled()
    {
        using var source = new CancellationTokenSource();
        var reports = new List<double>();
        var progress = new Watcher(fraction =>
        {
            reports.Add(fraction);
            if (reports.Count == 3)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => ToyModelTrainer.Train("superposition-5-2", 0, progress, source.Token));
        Assert.Equal([0.02, 0.04, 0.06], reports.Select(fraction => Math.Round(fraction, 12)));
    }

    [Fact]
    public void OnlyTrainedModelsCanBeTrained() => Assert.StartsWith(
        "'direct-sum' is not a trained model; the trained ones are superposition-5-2, superposition-5-2-untied, superposition-5-5, ",
        Assert.Throws<ArgumentException>(() => ToyModelTrainer.Train("direct-sum", 0)).Message);

    /// <summary>
    /// A seed without approved weights is trained on the spot; its model outlives the training and leaves nothing else behind.
    /// </summary>
    [Fact]
    public void OtherSeedsAreTrained()
    {
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var model = Superposition.Create(Spec("superposition-5-5") with { Schedule = s_quick }, 7);
        Assert.Equal(1 + 1 + 5, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount - before); // data, θ*, components
        Assert.Equal(7UL, model.Seed);
        Certified.Holds(model);
    }

    /// <summary>Rejects a catalogue that hands out a model whose training failed.</summary>
    [Fact]
    public void ASeedThatCannotBeTrainedIsAnError()
    {
        var spec = Spec("superposition-5-2") with { Schedule = new(1, 4, 0, 1) };
        var message = Assert.Throws<InvalidOperationException>(() => Superposition.Create(spec, 3)).Message;
        Assert.StartsWith("Training 'superposition-5-2' from seed 3 missed its quality bar in 8 attempts (features form a regular pentagon: ", message);
        Assert.EndsWith("; use another seed.", message);
    }

    private static SuperpositionSpec Spec(string id) => Superposition.Specs.Single(spec => spec.Id == id);

    private sealed class Watcher(Action<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen(value);
    }
}
