using Harness.Models;

namespace Harness.ToyModels;

/// <summary>
/// The original MNIST digits, which replace the drawn ones (toymodels.md B5). They do not come with the program. Immutable and thread-safe.
/// </summary>
/// <remarks>Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", 1998.</remarks>
public sealed class MnistDigits
{
    private readonly Split _train;
    private readonly Split _test;

    private MnistDigits(Split train, Split test) => (_train, _test) = (train, test);

    /// <summary>
    /// Reads a folder with the four files <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c>, each plain or compressed (<c>.gz</c>).
    /// </summary>
    /// <exception cref="InvalidDataException">A file is missing or not as it should be; the message names it and says what was expected.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static MnistDigits Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new MnistDigits(Split.Read(folder, "train"), Split.Read(folder, "t10k"));
    }

    /// <summary>Copies a random image of a digit.</summary>
    /// <param name="random">Chooses the image.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    /// <param name="digit">0 … 9.</param>
    /// <param name="image"><c>[784]</c>, receives values in [0, 1].</param>
    internal void Draw(RandomSource random, string split, int digit, Span<double> image)
    {
        var from = split == "train" ? _train : _test;
        var chosen = from.ByLabel[digit][random.NextInt32(from.ByLabel[digit].Length)];
        for (var i = 0; i < image.Length; i++)
            image[i] = from.Pixels[chosen * GreyImage.Pixels + i] / 255.0;
    }

    /// <param name="Pixels">Image after image, row by row, 0 is paper and 255 is ink.</param>
    /// <param name="ByLabel">Numbers of the images of each label.</param>
    private sealed record Split(byte[] Pixels, int[][] ByLabel)
    {
        internal static Split Read(string folder, string prefix)
        {
            var (imageFile, labelFile) = (Find(folder, $"{prefix}-images-idx3-ubyte"), Find(folder, $"{prefix}-labels-idx1-ubyte"));
            var (sizes, pixels) = IdxFile.Read(imageFile, 3);
            var (counts, labels) = IdxFile.Read(labelFile, 1);
            if (sizes[1] != GreyImage.Side || sizes[2] != GreyImage.Side)
                throw new InvalidDataException($"{imageFile} holds images of {sizes[1]} × {sizes[2]} pixels, expected {GreyImage.Side} × {GreyImage.Side}.");
            if (sizes[0] != counts[0])
                throw new InvalidDataException($"{imageFile} holds {sizes[0]} images, but {labelFile} holds {counts[0]} labels.");
            if (Array.FindIndex(labels, label => label >= DigitPatternImages.Labels) is >= 0 and var wrong)
                throw new InvalidDataException($"{labelFile}: label {wrong} is {labels[wrong]}, expected 0 to {DigitPatternImages.Labels - 1}.");
            var byLabel = Enumerable.Range(0, DigitPatternImages.Labels).Select(digit => Enumerable.Range(0, labels.Length).Where(i => labels[i] == digit).ToArray()).ToArray();
            if (Array.FindIndex(byLabel, images => images.Length == 0) is >= 0 and var absent)
                throw new InvalidDataException($"{labelFile} has no image of the digit {absent}.");
            return new Split(pixels, byLabel);
        }

        private static string Find(string folder, string name)
        {
            var path = Path.Combine(folder, name);
            return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : throw new InvalidDataException($"{folder} holds neither {name} nor {name}.gz.");
        }
    }
}
