using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// The three data sets of toymodels.md B5 for one seed: <c>digits</c>, <c>patterns</c> and <c>mixed</c>, ten labels in turn. A shorter set is the
/// beginning of a longer one.
/// </summary>
/// <param name="seed">Chooses the patterns and draws every image.</param>
/// <param name="digits">The digits; null: drawn ones.</param>
/// <param name="cells">Cells along a side of a pattern.</param>
internal sealed class DigitPatternImages(ulong seed, MnistDigits? digits = null, int cells = PatternImages.UsualCells)
{
    internal const int Labels = 10;

    private readonly PatternImages _patterns = new(RandomSource.Named(seed, "digit-pattern/patterns"), cells);

    /// <summary>Images <c>[count, 1, 28, 28]</c> float64 in [0, 1]; image i has label i mod 10.</summary>
    /// <param name="kind">What they show.</param>
    /// <param name="split"><c>train</c> or <c>test</c>: independent draws.</param>
    /// <param name="count">Number of images, at least 1.</param>
    internal DataSet Sample(ImageKind kind, string split, int count)
    {
        var name = $"{kind.ToString().ToLowerInvariant()}-{split}";
        var random = RandomSource.Named(seed, $"digit-pattern/{name}");
        var pixels = new double[count * GreyImage.Pixels];
        for (var i = 0; i < count; i++)
            Draw(random, kind, split, i % Labels, pixels.AsSpan(i * GreyImage.Pixels, GreyImage.Pixels));
        var labels = Enumerable.Range(0, count).Select(i => (long)(i % Labels)).ToArray();
        return new DataSet(name, tensor(pixels, [count, 1, GreyImage.Side, GreyImage.Side]), tensor(labels));
    }

    private void Draw(RandomSource random, ImageKind kind, string split, int label, Span<double> image)
    {
        if (kind == ImageKind.Patterns)
            _patterns.Draw(random, label, image);
        else if (digits is null)
            DigitImages.Draw(random, label, image);
        else
            digits.Draw(random, split, label, image);
        if (kind != ImageKind.Mixed)
            return;
        Span<double> pattern = stackalloc double[GreyImage.Pixels];
        _patterns.Draw(random, label, pattern);
        for (var i = 0; i < image.Length; i++)
            image[i] = (image[i] + pattern[i]) / 2;
    }
}
