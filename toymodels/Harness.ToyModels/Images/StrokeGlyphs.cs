namespace Harness.ToyModels;

/// <summary>The ten digits as pen strokes in the unit square, x to the right and y down.</summary>
internal static class StrokeGlyphs
{
    /// <summary>Longest piece of a stroke, so that straight lines bend too when coordinates are warped.</summary>
    private const double LongestPiece = 0.12;

    /// <summary>
    /// Ways to write each digit. A way is some strokes, a stroke a polyline of points <c>(x, y)</c>. A single way would be read by a linear
    /// classifier.
    /// </summary>
    internal static IReadOnlyList<IReadOnlyList<IReadOnlyList<(double X, double Y)[]>>> Digits { get; } =
    [
        [[Arc(0.5, 0.5, 0.36, 0.5, -90, 270)]],
        [
            [Line((0.26, 0.24), (0.56, 0), (0.56, 1))],
            [Line((0.5, 0), (0.5, 1))],
            [Line((0.26, 0.24), (0.52, 0), (0.52, 1)), Line((0.24, 1), (0.8, 1))],
        ],
        [[[.. Arc(0.5, 0.28, 0.38, 0.28, 195, 390), .. Line((0.829, 0.42), (0.1, 1), (0.92, 1))]]],
        [
            [[.. Arc(0.47, 0.25, 0.36, 0.25, 205, 450), .. Arc(0.45, 0.75, 0.41, 0.25, 270, 515)]],
            [[.. Line((0.12, 0), (0.86, 0), (0.46, 0.4)), .. Arc(0.44, 0.7, 0.44, 0.3, 270, 515)]],
        ],
        [
            [Line((0.68, 1), (0.68, 0), (0.05, 0.67), (0.96, 0.67))],
            [Line((0.3, 0), (0.08, 0.58), (0.94, 0.58)), Line((0.72, 0.2), (0.72, 1))],
        ],
        [[[.. Line((0.85, 0), (0.24, 0), (0.18, 0.45)), .. Arc(0.46, 0.68, 0.4, 0.32, 225, 515)]]],
        [[[.. Arc(0.8, 0.69, 0.68, 0.69, 268, 180), .. Arc(0.5, 0.69, 0.38, 0.31, 180, 540)]]],
        [
            [Line((0.08, 0), (0.92, 0), (0.38, 1))],
            [Line((0.08, 0), (0.92, 0), (0.38, 1)), Line((0.3, 0.5), (0.86, 0.5))],
        ],
        [[Arc(0.5, 0.24, 0.32, 0.24, 90, 450), Arc(0.5, 0.74, 0.4, 0.26, -90, 270)]],
        [
            [[.. Arc(0.5, 0.31, 0.38, 0.31, 0, 360), .. Arc(0.2, 0.31, 0.68, 0.69, 0, 88)]],
            [[.. Arc(0.5, 0.29, 0.36, 0.29, 0, 360), .. Line((0.86, 0.29), (0.74, 1))]],
        ],
    ];

    /// <summary>A piece of an axis-parallel ellipse; angles in degrees, 0 is right and 90 is down.</summary>
    private static (double X, double Y)[] Arc(double x, double y, double radiusX, double radiusY, double from, double to)
    {
        var pieces = (int)Math.Ceiling(Math.Abs(to - from) / 20);
        return [.. Enumerable.Range(0, pieces + 1).Select(i =>
        {
            var (sin, cos) = Math.SinCos((from + (to - from) * i / pieces) * Math.PI / 180);
            return (x + radiusX * cos, y + radiusY * sin);
        })];
    }

    private static (double X, double Y)[] Line(params ReadOnlySpan<(double X, double Y)> corners)
    {
        var points = new List<(double X, double Y)> { corners[0] };
        foreach (var (x, y) in corners[1..])
        {
            var (fromX, fromY) = points[^1];
            var pieces = (int)Math.Ceiling(Math.Sqrt((x - fromX) * (x - fromX) + (y - fromY) * (y - fromY)) / LongestPiece);
            for (var i = 1; i <= pieces; i++)
                points.Add((fromX + (x - fromX) * i / pieces, fromY + (y - fromY) * i / pieces));
        }
        return [.. points];
    }
}
