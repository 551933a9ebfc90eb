using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>
/// The image models, trained as shipped from a seed that no fixture has: the bar is met again (the bar, not the bits). They are the dearest tests of
/// this project, half a minute each. The 80,202-parameter network takes minutes and is retrained on a third of its images, with a bar of its own; the
/// other families retrain smaller models beside their own tests.
/// </summary>
public class RetrainingTests : Scoped
{
    private const ulong FreshSeed = 1;

    [Theory]
    [InlineData("parallel-modules")]
    [InlineData("parallel-modules-cnn")]
    [InlineData("digit-pattern-cnn")]
    [InlineData("digit-pattern-cnn-mixed")]
    public void AFreshSeedMeetsTheBar(string id)
    {
        var result = ToyModelTrainer.Train(id, FreshSeed);
        Assert.True(result.MeetsBar, result.Shortfall);
        Certified.Holds(result.Model);
    }

    /// <summary>
    /// Rejects a recipe by which the large network does not learn: from a third of the images it reads at least 93 % of each kind.
    /// Untrained it guesses, and a linear classifier of the same images cannot read the digits.
    /// </summary>
    [Fact]
    public void TheLargeNetworkLearnsFromFewImages()
    {
        const double bar = 0.93;
        const int images = 2000;
        var shipped = DigitPattern.Specs.Single(spec => spec.Id == "digit-pattern-cnn-80k");
        var small = shipped with { Schedule = shipped.Schedule with { ImagesPerSet = images } };
        double Least(Tensor parameters)
        {
            var model = DigitPattern.WithParameters(small, FreshSeed, parameters);
            return DigitPatternCertificate.Bar(small).Select(check => check.Measure(model)).Least();
        }

        var trained = Least(DigitPatternTraining.Train(small, FreshSeed, 1, new TrainingWatch()));
        Assert.True(trained >= bar, $"{trained} of the kind that it reads worst");
        Assert.InRange(Least(tensor(Initialisation.Gaussian(DigitPatternNetwork.Layout(small), 2, new(FreshSeed)))), 0, 0.3);
        var sets = Enum.GetValues<ImageKind>().Select(kind => small.Images(FreshSeed).Sample(kind, "train", images)).ToArray();
        var linear = new LinearClassifier(cat([.. sets.Select(set => set.Inputs)], 0), cat([.. sets.Select(set => set.Targets)], 0));
        Assert.InRange(linear.Accuracy(small.Images(FreshSeed).Sample(ImageKind.Digits, "test", 1000)), 0.5, bar - 0.05);
    }
}
