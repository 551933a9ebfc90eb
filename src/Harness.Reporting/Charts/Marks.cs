namespace Harness.Reporting;

/// <summary>Shapes of points, as large as each other to the eye.</summary>
internal static class Marks
{
    /// <summary>Corners around (0, 0) at radius 1; the first shape is a disc.</summary>
    private static readonly (double X, double Y)[][] s_corners =
    [
        [],
        [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        [(0, -1.25), (1.15, 0.85), (-1.15, 0.85)],
        [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    ];

    internal static int Count => s_corners.Length;

    internal static void Draw(SvgCanvas canvas, int mark, double x, double y, double radius, string? tooltip = null)
    {
        if (mark == 0)
            canvas.Disc(x, y, radius, "mark", tooltip);
        else
            canvas.Path(s_corners[mark].Select(corner => (x + radius * corner.X, y + radius * corner.Y)), "mark", isClosed: true, tooltip);
    }
}
