using Harness.Models;

namespace Harness.ToyModels;

/// <summary>
/// Random boolean 4 × 4 patterns, each cell 7 × 7 pixels, with noisy pixels (toymodels.md B5). Several distinct patterns share a label, so a
/// label has no look of its own and has to be memorised.
/// </summary>
internal sealed class PatternImages
{
    /// <summary>Fewer starve the digits of a network that learns both, more starve the patterns (5 and 20 do).</summary>
    internal const int PatternsPerLabel = 12;

    private const int Labels = 10;
    private const int Cells = 4;
    private const int CellSide = GreyImage.Side / Cells;
    private const double NoiseShare = 0.30;

    private readonly int[] _patterns;

    /// <summary>Draws the patterns of a seed.</summary>
    internal PatternImages(RandomSource random) =>
        _patterns = random.Permutation(1 << (Cells * Cells))[..(Labels * PatternsPerLabel)];

    /// <summary>All patterns as bits, row by row; label ℓ owns <c>ℓ·12 … ℓ·12 + 11</c>.</summary>
    internal IReadOnlyList<int> Patterns => _patterns;

    /// <summary>Draws one image <c>[784]</c> of a random pattern of a label.</summary>
    internal void Draw(RandomSource random, int label, Span<double> image)
    {
        var pattern = _patterns[label * PatternsPerLabel + random.NextInt32(PatternsPerLabel)];
        for (var i = 0; i < image.Length; i++)
        {
            var cell = i / GreyImage.Side / CellSide * Cells + i % GreyImage.Side / CellSide;
            image[i] = random.NextDouble() < NoiseShare ? random.NextDouble() : (pattern >> cell) & 1;
        }
    }
}
