namespace Harness.Reporting;

/// <summary>Marks at points, with error bars where they have a range.</summary>
/// <param name="Name">Its name in the legend; empty for none.</param>
/// <param name="Values">The points, in any order.</param>
public sealed record ScatterSeries(string Name, IReadOnlyList<ChartPoint> Values) : PointSeries(Name, Values)
{
    internal override void Draw(Plot plot, SeriesStyle style)
    {
        foreach (var point in Values.Where(plot.CanDraw))
        {
            DrawErrorBar(plot, plot.X.At(point.X), point, "line");
            Marks.Draw(plot.Canvas, style.Mark, plot.X.At(point.X), plot.Y.At(point.Y), 4, Tooltip(plot, point));
        }
    }

    internal override void DrawKey(SvgCanvas canvas, double x, double y, SeriesStyle style) => Marks.Draw(canvas, style.Mark, x + 12, y, 4);
}
