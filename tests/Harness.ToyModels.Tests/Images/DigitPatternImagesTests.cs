using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public class DigitPatternImagesTests : Scoped
{
    /// <summary>Rejects patterns that repeat: a pattern with two labels could not be learnt.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void PatternsAreDistinct(int cells)
    {
        var patterns = new PatternImages(new RandomSource(4), cells).Patterns;
        Assert.Equal(120, patterns.Distinct().Count());
        Assert.All(patterns, pattern => Assert.InRange(pattern, 0, (1L << (cells * cells)) - 1));
        // Half of the bits are set, five standard errors either way.
        var share = patterns.Average(pattern => (double)long.PopCount(pattern)) / (cells * cells);
        Assert.InRange(share, 0.5 - 2.5 / Math.Sqrt(120 * cells * cells), 0.5 + 2.5 / Math.Sqrt(120 * cells * cells));
    }

    /// <summary>
    /// Nearest neighbour, by the distances of centres and written out. Kills the map without the half pixel, <c>⌊i·cells/28⌋</c>, which is not symmetric (5, 5, 4,
    /// 5, 5, 4), and cells of 28/6 rounded down, which leave four pixels over.
    /// </summary>
    [Theory]
    [InlineData(4, new[] { 7, 7, 7, 7 })]
    [InlineData(6, new[] { 5, 4, 5, 5, 4, 5 })]
    public void EachPixelShowsTheNearestCell(int cells, int[] widths)
    {
        var map = Enumerable.Range(0, 28).Select(pixel => PatternImages.NearestCell(pixel, cells)).ToArray();
        Assert.Equal(widths.SelectMany((width, cell) => Enumerable.Repeat(cell, width)), map);
        Assert.Equal(Enumerable.Range(0, 28).Select(pixel => Enumerable.Range(0, cells).MinBy(cell => Math.Abs((cell + 0.5) * 28 / cells - (pixel + 0.5)))), map);
        Assert.Equal(map, map.Reverse().Select(cell => cells - 1 - cell));
    }

    /// <summary>
    /// Rejects transposed cells, cells of another size, and the wrong share of noise: seen through its noise, every image of a label is one of the
    /// label's 12 patterns, and all 12 are used.
    /// </summary>
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void EveryImageShowsAPatternOfItsLabel(int cells)
    {
        var patterns = new PatternImages(new RandomSource(4), cells);
        // Pixels of each cell, by the distance of centres.
        var pixels = Enumerable.Range(0, 784).ToLookup(i => Nearest(i / 28) * cells + Nearest(i % 28));
        int Nearest(int pixel) => Enumerable.Range(0, cells).MinBy(cell => Math.Abs((cell + 0.5) * 28 / cells - (pixel + 0.5)));
        var (random, image) = (new RandomSource(5), new double[28 * 28]);
        for (var label = 0; label < 10; label += 3)
        {
            var own = patterns.Patterns.Skip(12 * label).Take(12).ToArray();
            var seen = new HashSet<long>();
            for (var draw = 0; draw < 150; draw++)
            {
                patterns.Draw(random, label, image);
                var means = Enumerable.Range(0, cells * cells).Select(cell => pixels[cell].Average(i => image[i])).ToArray();
                // A dark cell is 0.85 on average, a light one 0.15; 16 pixels differ from that by 0.07, a fifth of what would be misread, a whole image by 0.01.
                Assert.InRange(means.Average(mean => Math.Abs(mean - 0.5)), 0.35 - 0.06, 0.35 + 0.06);
                seen.Add(Enumerable.Range(0, cells * cells).Sum(cell => means[cell] > 0.5 ? 1L << cell : 0));
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
        var linear = new LinearClassifier(train.Inputs, train.Targets);
        Assert.True(linear.Accuracy(test) is > 0.8 and < 0.95, $"{linear.Accuracy(train)} on the images it was fitted to, {linear.Accuracy(test)} on others");
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
