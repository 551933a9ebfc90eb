namespace Harness.Reporting;

/// <summary>Bars from zero (from the lower edge of a logarithmic axis), beside those of the chart's other bar series.</summary>
/// <param name="Name">Its name in the legend; empty for none.</param>
/// <param name="Values">The points; those of one position stand beside each other.</param>
public sealed record BarSeries(string Name, IReadOnlyList<ChartPoint> Values) : PointSeries(Name, Values)
{
    internal override bool NeedsZero => true;

    internal override void Draw(Plot plot, SeriesStyle style)
    {
        var slot = plot.BarSlot;
        var width = Math.Max(1, slot * 0.8 / plot.Bars.Count);
        var shift = (plot.Bars.TakeWhile(series => !ReferenceEquals(series, this)).Count() - plot.Bars.Count / 2.0) * width;
        foreach (var point in Values.Where(plot.CanDraw))
        {
            var left = plot.X.At(point.X) + shift;
            var (value, foot) = (plot.Y.At(point.Y), plot.Y.Clamped(0));
            plot.Canvas.Rectangle(left, Math.Min(value, foot), Math.Max(1, width - 2), Math.Abs(foot - value), "mark", tooltip: Tooltip(plot, point));
            DrawErrorBar(plot, left + (width - 2) / 2, point, "whisker");
        }
    }

    internal override void DrawKey(SvgCanvas canvas, double x, double y, SeriesStyle style) => canvas.Rectangle(x + 6, y - 6, 12, 12, "mark");
}
