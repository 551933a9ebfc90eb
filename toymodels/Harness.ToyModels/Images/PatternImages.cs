using Harness.Models;

namespace Harness.ToyModels;

/// <summary>
/// Random boolean patterns of square cells, 4 × 4 or finer, brought to 28 × 28 pixels by nearest neighbour, with noisy pixels (toymodels.md B5). Several
/// distinct patterns share a label, so a label has no look of its own and has to be memorised.
/// </summary>
internal sealed class PatternImages
{
    /// <summary>Fewer starve the digits of a network that learns both, more starve the patterns (5 and 20 do).</summary>
    internal const int PatternsPerLabel = 12;

    /// <summary>Cells along a side where nothing else is asked for.</summary>
    internal const int UsualCells = 4;

    private const int Labels = 10;
    private const double NoiseShare = 0.30;

    private readonly long[] _patterns;
    private readonly int[] _cellOfPixel;

    /// <summary>Draws the patterns of a seed.</summary>
    /// <param name="random">Draws them.</param>
    /// <param name="cells">Cells along a side, 4 to 7: fewer make too few patterns, and more cells than bits.</param>
    internal PatternImages(RandomSource random, int cells = UsualCells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, UsualCells);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cells, 7);
        _patterns = cells == UsualCells
            // All 65,536 shuffled: the draw that the approved weights were trained on.
            ? [.. random.Permutation(1 << (cells * cells))[..(Labels * PatternsPerLabel)].Select(pattern => (long)pattern)]
            : Distinct(random, cells * cells);
        _cellOfPixel = [.. Enumerable.Range(0, GreyImage.Pixels).Select(i => NearestCell(i / GreyImage.Side, cells) * cells + NearestCell(i % GreyImage.Side, cells))];
    }

    /// <summary>All patterns as bits, row by row; label ℓ owns <c>ℓ·12 … ℓ·12 + 11</c>.</summary>
    internal IReadOnlyList<long> Patterns => _patterns;

    /// <summary>
    /// The cell whose centre is nearest to a pixel's centre, along one side: <c>⌊(i + ½)·cells/28⌋</c>. Of 4 cells each has 7 pixels; of 6 they have
    /// 5, 4, 5, 5, 4, 5, for 28 is no multiple of 6.
    /// </summary>
    internal static int NearestCell(int pixel, int cells) => (2 * pixel + 1) * cells / (2 * GreyImage.Side);

    /// <summary>Draws one image <c>[784]</c> of a random pattern of a label.</summary>
    internal void Draw(RandomSource random, int label, Span<double> image)
    {
        var pattern = _patterns[label * PatternsPerLabel + random.NextInt32(PatternsPerLabel)];
        for (var i = 0; i < image.Length; i++)
            image[i] = random.NextDouble() < NoiseShare ? random.NextDouble() : (pattern >> _cellOfPixel[i]) & 1;
    }

    /// <summary>Bit strings, no two alike: drawn, and drawn again where one was there before.</summary>
    private static long[] Distinct(RandomSource random, int bits)
    {
        var patterns = new List<long>();
        while (patterns.Count < Labels * PatternsPerLabel)
            if ((long)(random.NextDouble() * (1L << bits)) is var pattern && !patterns.Contains(pattern))
                patterns.Add(pattern);
        return [.. patterns];
    }
}
