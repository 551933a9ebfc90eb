using Harness.Models;

namespace Harness.ToyModels;

/// <summary>
/// Handwritten-looking digits without a data set: stroke glyphs, warped, sheared, rotated and shifted, drawn with a round pen, and noisy pixels
/// (toymodels.md B5). All lengths are in pixels unless said otherwise.
/// </summary>
/// <remarks>
/// How far digits are bent and moved is set by a linear classifier, which fails on one in ten (with 0.03, 0.16 and ±2 px it reads 96 %), and by the
/// eye, which reads them without effort.
/// </remarks>
internal static class DigitImages
{
    private const double GlyphSize = 20;
    private const double NoiseLevel = 0.25;
    private const double Middle = (GreyImage.Side - 1) / 2.0;

    /// <summary>Draws one image <c>[784]</c>.</summary>
    internal static void Draw(RandomSource random, int digit, Span<double> image)
    {
        var ways = StrokeGlyphs.Digits[digit];
        var warp = new Warp(random);
        var (sin, cos) = Math.SinCos(0.18 * random.NextGaussian());
        var (width, height) = (GlyphSize * random.NextDouble(0.68, 1.05), GlyphSize * random.NextDouble(0.80, 1.08));
        var shear = 0.15 * random.NextGaussian();
        var (centreX, centreY) = (Middle + random.NextDouble(-2.5, 2.5), Middle + random.NextDouble(-2.5, 2.5));
        var (pen, ink) = (random.NextDouble(0.9, 1.7), random.NextDouble(0.8, 1));

        (double X, double Y) Place((double X, double Y) point)
        {
            var (x, y) = warp.Apply(point);
            (x, y) = ((x - 0.5) * width, (y - 0.5) * height);
            x -= shear * y;
            return (centreX + cos * x - sin * y, centreY + sin * x + cos * y);
        }

        image.Clear();
        foreach (var stroke in ways[random.NextInt32(ways.Count)])
        {
            var points = Array.ConvertAll(stroke, Place);
            for (var i = 1; i < points.Length; i++)
                DrawPiece(image, points[i - 1], points[i], pen, ink);
        }
        foreach (ref var pixel in image)
            pixel = Math.Clamp(pixel + NoiseLevel * random.NextGaussian(), 0, 1);
    }

    /// <summary>A straight piece of a stroke: ink falls to 0 between half a pixel inside the pen's edge and half a pixel outside.</summary>
    private static void DrawPiece(Span<double> image, (double X, double Y) from, (double X, double Y) to, double pen, double ink)
    {
        const int last = GreyImage.Side - 1;
        var reach = pen + 0.5;
        var (left, right) = (Math.Max(0, (int)(Math.Min(from.X, to.X) - reach)), Math.Min(last, (int)(Math.Max(from.X, to.X) + reach) + 1));
        var (top, bottom) = (Math.Max(0, (int)(Math.Min(from.Y, to.Y) - reach)), Math.Min(last, (int)(Math.Max(from.Y, to.Y) + reach) + 1));
        for (var y = top; y <= bottom; y++)
            for (var x = left; x <= right; x++)
            {
                ref var pixel = ref image[y * GreyImage.Side + x];
                pixel = Math.Max(pixel, ink * Math.Clamp(reach - Distance((x, y), from, to), 0, 1));
            }
    }

    private static double Distance((double X, double Y) point, (double X, double Y) from, (double X, double Y) to)
    {
        var (dx, dy, px, py) = (to.X - from.X, to.Y - from.Y, point.X - from.X, point.Y - from.Y);
        var length = dx * dx + dy * dy;
        var along = length == 0 ? 0 : Math.Clamp((px * dx + py * dy) / length, 0, 1);
        return Math.Sqrt((px - along * dx) * (px - along * dx) + (py - along * dy) * (py - along * dy));
    }

    /// <summary>A smooth change of the unit square: each coordinate plus two plane waves.</summary>
    private sealed class Warp(RandomSource random)
    {
        private readonly Wave[] _waves = [Wave.Draw(random), Wave.Draw(random), Wave.Draw(random), Wave.Draw(random)];

        internal (double X, double Y) Apply((double X, double Y) point) =>
            (point.X + _waves[0].At(point) + _waves[1].At(point), point.Y + _waves[2].At(point) + _waves[3].At(point));
    }

    private readonly record struct Wave(double Height, double FrequencyX, double FrequencyY, double Phase)
    {
        internal static Wave Draw(RandomSource random) =>
            new(0.035 * random.NextGaussian(), 4 * random.NextGaussian(), 4 * random.NextGaussian(), random.NextDouble(0, 2 * Math.PI));

        internal double At((double X, double Y) point) => Height * Math.Sin(FrequencyX * point.X + FrequencyY * point.Y + Phase);
    }
}
