using Harness.Numerics;
using System.IO.Compression;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

public sealed class MnistDigitsTests : Scoped
{
    /// <summary>Rejects digits of another label or split, in another scale, and a mixed image without its digit. Compressed files are the same files.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void They_replace_the_drawn_digits(bool compressed)
    {
        using var folder = new MnistFolder();
        if (compressed)
            foreach (var path in Directory.GetFiles(folder.Path))
                Compress(path);
        var images = new DigitPatternImages(3, MnistDigits.Read(folder.Path));
        var (train, test) = (images.Sample(ImageKind.Digits, "train", 30), images.Sample(ImageKind.Digits, "test", 30));
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal((10 * (i % 10) + 1) / 255.0, train.Inputs[i].mean().ToDouble(), Tolerances.SameOutputs);
            Assert.Equal((10 * (i % 10) + 2) / 255.0, test.Inputs[i].mean().ToDouble(), Tolerances.SameOutputs);
        }
        var mixed = images.Sample(ImageKind.Mixed, "train", 10);
        // Half of a digit of even grey, half of a pattern of 0 to 1.
        for (var i = 0; i < 10; i++)
            Assert.Equal((10 * i + 1) / 510.0, mixed.Inputs[i].min().ToDouble(), 0.002);
        Assert.True(images.Sample(ImageKind.Patterns, "test", 10).Inputs.eq(new DigitPatternImages(3).Sample(ImageKind.Patterns, "test", 10).Inputs).all().ToBoolean());
    }

    /// <summary>A network on other digits is trained on them, and sees them in its data sets.</summary>
    [Fact]
    public void A_network_is_trained_on_them()
    {
        using var folder = new MnistFolder();
        var spec = DigitPattern.Specs[1] with
        {
            Digits = MnistDigits.Read(folder.Path), Schedule = DigitPattern.Specs[1].Schedule with { FinalEpochs = 1, ImagesPerSet = 64 },
        };
        var result = DigitPattern.Train(spec, 0);
        Assert.False(result.MeetsBar);
        Assert.Equal(31 / 255.0, result.Model.DataSets.Single(data => data.Name == "digits-train").Inputs[3].mean().ToDouble(), Tolerances.SameOutputs);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        using var folder = new MnistFolder();
        var (images, labels) = (Path.Combine(folder.Path, "train-images-idx3-ubyte"), Path.Combine(folder.Path, "train-labels-idx1-ubyte"));
        byte[] twenty = [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 10))];

        folder.Write("train-labels-idx1-ubyte", [19], twenty[..19]);
        Refused($"{images} holds 20 images, but {labels} holds 19 labels.");
        folder.Write("train-labels-idx1-ubyte", [20], [.. twenty[..7], 11, .. twenty[8..]]);
        Refused($"{labels}: label 7 is 11, expected 0 to 9.");
        folder.Write("train-labels-idx1-ubyte", [20], [.. twenty.Select(label => label == 4 ? (byte)5 : label)]);
        Refused($"{labels} has no image of the digit 4.");
        folder.Write("train-labels-idx1-ubyte", [20], twenty);
        folder.Write("train-images-idx3-ubyte", [20, 28, 14], new byte[20 * 28 * 14]);
        Refused($"{images} holds images of 28 × 14 pixels, expected 28 × 28.");
        File.Delete(images);
        Refused($"{folder.Path} holds neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz.");

        void Refused(string expected) => Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => MnistDigits.Read(folder.Path)).Message);
    }

    private static void Compress(string path)
    {
        using (var gzip = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(path));
        File.Delete(path);
    }
}
