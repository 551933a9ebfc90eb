namespace Harness.Reporting;

/// <summary>A line through points, with a band where they have a range. It is broken where a point cannot be drawn.</summary>
/// <param name="Name">Its name in the legend; empty for none.</param>
/// <param name="Values">The points, in the order in which the line runs through them.</param>
public sealed record LineSeries(string Name, IReadOnlyList<ChartPoint> Values) : PointSeries(Name, Values)
{
    /// <summary>More points than this have no marks of their own: they would be the line.</summary>
    private const int MostMarks = 32;

    /// <summary>More tooltips than this no hand can tell apart.</summary>
    private const int MostTooltips = 200;

    internal override void Draw(Plot plot, SeriesStyle style)
    {
        foreach (var run in Runs(plot, point => point is { Low: { } low, High: { } high } && !double.IsNaN(low) && !double.IsNaN(high)))
            DrawBand(plot, run);
        foreach (var run in Runs(plot, _ => true))
            if (run.Count > 1)
                plot.Canvas.Path(run.Select(point => (plot.X.At(point.X), plot.Y.At(point.Y))), $"line {style.Dash}");
            else
                plot.Canvas.Disc(plot.X.At(run[0].X), plot.Y.At(run[0].Y), 2.5, "mark");
        var drawn = Values.Where(plot.CanDraw).ToList();
        var step = Math.Max(1, (drawn.Count + MostTooltips - 1) / MostTooltips);
        for (var i = 0; i < drawn.Count; i += step)
        {
            var (x, y) = (plot.X.At(drawn[i].X), plot.Y.At(drawn[i].Y));
            if (drawn.Count <= MostMarks)
                Marks.Draw(plot.Canvas, style.Mark, x, y, 3.5);
            plot.Canvas.Disc(x, y, 7, "touch", Tooltip(plot, drawn[i]));
        }
    }

    internal override void DrawKey(SvgCanvas canvas, double x, double y, SeriesStyle style)
    {
        canvas.Path([(x, y), (x + 24, y)], $"line {style.Dash}");
        if (Values.Count <= MostMarks)
            Marks.Draw(canvas, style.Mark, x + 12, y, 3.5);
    }

    private static void DrawBand(Plot plot, IReadOnlyList<ChartPoint> run)
    {
        var upper = run.Select(point => (plot.X.At(point.X), plot.Y.Clamped(point.High!.Value)));
        var lower = run.Reverse().Select(point => (plot.X.At(point.X), plot.Y.Clamped(point.Low!.Value)));
        plot.Canvas.Path(upper.Concat(lower), "band", isClosed: true);
    }

    private IEnumerable<IReadOnlyList<ChartPoint>> Runs(Plot plot, Func<ChartPoint, bool> belongs)
    {
        List<ChartPoint> run = [];
        foreach (var point in Values)
            if (plot.CanDraw(point) && belongs(point))
                run.Add(point);
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        if (run.Count > 0)
            yield return run;
    }
}
