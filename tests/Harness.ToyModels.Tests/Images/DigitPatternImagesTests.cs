using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class DigitPatternImagesTests : Scoped
{
    /// <summary>Rejects patterns that repeat: a pattern with two labels could not be learnt.</summary>
    [Fact]
    public void PatternsAreDistinct()
    {
        var patterns = new PatternImages(new RandomSource(4)).Patterns;
        Assert.Equal(120, patterns.Distinct().Count());
        Assert.All(patterns, pattern => Assert.InRange(pattern, 0, 0xFFFF));
    }

    /// <summary>
    /// Rejects transposed cells, cells of another size, and the wrong share of noise: seen through its noise, every image of a label is one of the
    /// label's 12 patterns, and all 12 are used.
    /// </summary>
    [Fact]
    public void EveryImageShowsAPatternOfItsLabel()
    {
        var patterns = new PatternImages(new RandomSource(4));
        var (random, image) = (new RandomSource(5), new double[28 * 28]);
        for (var label = 0; label < 10; label += 3)
        {
            var own = patterns.Patterns.Skip(12 * label).Take(12).ToArray();
            var seen = new HashSet<int>();
            for (var draw = 0; draw < 150; draw++)
            {
                patterns.Draw(random, label, image);
                var means = Enumerable.Range(0, 16).Select(cell => Enumerable.Range(0, 49)
                    .Average(i => image[(cell / 4 * 7 + i / 7) * 28 + cell % 4 * 7 + i % 7])).ToArray();
                // A dark cell is 0.85 on average, a light one 0.15; 49 pixels differ from that by 0.04.
                Assert.All(means, mean => Assert.True(Math.Abs(Math.Abs(mean - 0.5) - 0.35) < 0.3));
                seen.Add(Enumerable.Range(0, 16).Sum(cell => means[cell] > 0.5 ? 1 << cell : 0));
            }
            Assert.Equal(own.Order(), seen.Order());
        }
    }

    /// <summary>
    /// Rejects glyphs that touch the edge, lie off centre or are drawn upside down. Averaged over 100 images noise and warp are gone: the 7's ink
    /// is in its upper half, the 6's in its lower, and the 9 is a 6 turned round.
    /// </summary>
    [Fact]
    public void DigitsAreCentredAndUpright()
    {
        var means = Enumerable.Range(0, 10).Select(MeanDigit).ToArray();
        Assert.All(means, mean =>
        {
            var centre = Enumerable.Range(0, 784).Sum(i => mean[i] * (i % 28)) / mean.Sum();
            Assert.InRange(centre, 12, 15);
            Assert.True(Enumerable.Range(0, 28).Max(i => Math.Max(mean[i], mean[756 + i])) < 0.5 * mean.Max());
        });
        static double Upper(double[] mean) => mean.Take(392).Sum() / mean.Sum();
        Assert.InRange(Upper(means[7]), 0.53, 0.7);
        Assert.InRange(Upper(means[9]), 0.53, 0.7);
        Assert.InRange(Upper(means[6]), 0.3, 0.49);
        Assert.InRange(Correlation(means[6], [.. means[9].Reverse()]), 0.8, 1);
        Assert.InRange(Correlation(means[6], means[9]), 0, 0.75);
    }

    /// <summary>Rejects a data set that is not balanced, not in [0, 1], or whose mixed images are anything but the mean of two.</summary>
    [Fact]
    public void DataSetsAreAsStated()
    {
        var images = new DigitPatternImages(3);
        foreach (var kind in Enum.GetValues<ImageKind>())
        {
            var data = images.Sample(kind, "test", 40);
            Assert.Equal($"{kind.ToString().ToLowerInvariant()}-test", data.Name);
            Assert.Equal([40, 1, 28, 28], data.Inputs.shape);
            Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)(i % 10)), data.Targets.data<long>().ToArray());
            Assert.InRange(data.Inputs.min().ToDouble(), 0, 0.01);
            Assert.InRange(data.Inputs.max().ToDouble(), kind == ImageKind.Mixed ? 0.9 : 1, 1);
        }
    }

    /// <summary>Rejects sets that share their draws, depend on their length, or ignore the seed.</summary>
    [Fact]
    public void SetsAreIndependentAndPrefixesOfEachOther()
    {
        static double[] Pixels(ulong seed, ImageKind kind, string split, int count) =>
            new DigitPatternImages(seed).Sample(kind, split, count).Inputs.data<double>().ToArray();
        var train = Pixels(0, ImageKind.Mixed, "train", 20);
        Assert.Equal(train, Pixels(0, ImageKind.Mixed, "train", 30)[..train.Length]);
        Assert.NotEqual(train, Pixels(0, ImageKind.Mixed, "test", 20));
        Assert.NotEqual(train, Pixels(1, ImageKind.Mixed, "train", 20));
        Assert.NotEqual(Pixels(0, ImageKind.Patterns, "train", 1), Pixels(1, ImageKind.Patterns, "train", 1));
    }

    /// <summary>
    /// Rejects digits so alike that any classifier reads them: a linear one, softmax regression on 6,000 images, stays below 95 %. It is no
    /// straw man: it reads more than 80 %.
    /// </summary>
    [Fact]
    public void ALinearClassifierDoesNotReadTheDigits()
    {
        var images = new DigitPatternImages(0);
        var (train, test) = (images.Sample(ImageKind.Digits, "train", 6000), images.Sample(ImageKind.Digits, "test", 1000));
        var layout = new ParameterLayout([("w", [10, 784]), ("b", [10])]);
        var network = new Network(
            layout,
            [
                new FlattenOperation { Inputs = ["x"], Output = "pixels" },
                new LinearOperation { Inputs = ["pixels"], Weight = "w", Bias = "b", Output = "logits" },
            ],
            "logits");
        var weights = new double[layout.Length];
        var inputs = train.Inputs.to(float32);
        var run = new TrainingRun(network, new Loss(LossKind.CrossEntropy), 150, 2000, 2e-2) { Precision = ScalarType.Float32 };
        var step = 0L;
        (Tensor, Tensor) Batch(int size)
        {
            var start = step++ % 3 * size;
            return (inputs.narrow(0, start, size), train.Targets.narrow(0, start, size));
        }

        run.Descend(weights, Batch, new TrainingWatch());
        double Accuracy(DataSet data) => network.Forward(tensor(weights), data.Inputs).argmax(1).eq(data.Targets).to(float64).mean().ToDouble();
        Assert.True(Accuracy(test) is > 0.8 and < 0.95, $"{Accuracy(train)} on the images it was fitted to, {Accuracy(test)} on others");
    }

    private static double[] MeanDigit(int digit)
    {
        var (random, image, mean) = (new RandomSource((ulong)digit), new double[784], new double[784]);
        for (var draw = 0; draw < 100; draw++)
        {
            DigitImages.Draw(random, digit, image);
            for (var i = 0; i < 784; i++)
                mean[i] += image[i] / 100;
        }
        var paper = mean.Min();
        return [.. mean.Select(value => value - paper)];
    }

    private static double Correlation(double[] left, double[] right)
    {
        var (meanLeft, meanRight) = (left.Average(), right.Average());
        double Product(double[] a, double averageA, double[] b, double averageB) => a.Zip(b, (x, y) => (x - averageA) * (y - averageB)).Sum();
        return Product(left, meanLeft, right, meanRight)
            / Math.Sqrt(Product(left, meanLeft, left, meanLeft) * Product(right, meanRight, right, meanRight));
    }
}
