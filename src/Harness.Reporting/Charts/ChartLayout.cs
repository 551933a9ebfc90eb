namespace Harness.Reporting;

/// <summary>Where the parts of one chart go: title, sentences, legend, plot, axes, notes; from top to bottom, each as high as it needs.</summary>
internal static class ChartLayout
{
    private const int LineHeight = 16;
    private const int LongestTick = 24;

    /// <summary>Room for this many characters is always left: plots below each other then start alike.</summary>
    private const int UsualTick = 5;


    /// <summary>Draws a chart with its upper left corner at (x, y).</summary>
    /// <returns>The lower end.</returns>
    internal static double Draw(SvgCanvas canvas, Chart chart, double x, double y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chart.Width, 240);
        ArgumentOutOfRangeException.ThrowIfLessThan(chart.PlotHeight, 60);
        foreach (var line in SvgCanvas.Wrapped([chart.Title], chart.Width / 1.25))
            canvas.Text(x, (y += LineHeight + 2) - 4, line, "text title");
        foreach (var line in SvgCanvas.Wrapped([chart.Subtitle], chart.Width))
            canvas.Text(x, y += LineHeight, line, "faint");
        y = ChartLegend.Draw(canvas, chart, x, y + 12);
        canvas.Text(x, y += LineHeight, chart.Y.Title, "faint");
        var top = y + 12;
        if (Fit(canvas, chart, x, top) is not { } plot)
        {
            canvas.Text(x + chart.Width / 2.0, top + chart.PlotHeight / 2.0, "No data that can be drawn.", "faint", "middle");
            return Notes(canvas, chart, [.. chart.Series.SelectMany(series => series.Undrawn(Blank(canvas, chart)))], x, top + chart.PlotHeight);
        }
        y = ChartAxes.Draw(plot, LongestTick);
        DrawSeries(plot, chart);
        return Notes(canvas, chart, [.. chart.Series.SelectMany(series => series.Undrawn(plot))], x, y);
    }

    private static void DrawSeries(Plot plot, Chart chart)
    {
        foreach (var (series, style) in ChartLegend.Styles(chart))
            if (series.HasColour)
                plot.Canvas.Group(style.Colour, () => series.Draw(plot, style));
            else
                series.Draw(plot, style);
    }

    private static Plot? Fit(SvgCanvas canvas, Chart chart, double x, double top)
    {
        var vertical = PlotAxis.Of(
            chart.Y, chart.Series.SelectMany(series => series.Up(chart.Y.Scale)), chart.Series.Any(series => series.NeedsZero),
            chart.Y.Categories is null ? top + chart.PlotHeight : top, chart.Y.Categories is null ? top : top + chart.PlotHeight,
            Math.Clamp(chart.PlotHeight / 45, 2, 8));
        if (vertical is null)
            return null;
        var labels = vertical.Ticks.Max(tick => SvgCanvas.TextWidth(Math.Clamp(tick.Label.Length, UsualTick, LongestTick)));
        var (left, right) = (x + labels + 10, x + chart.Width - 22);
        var horizontal = PlotAxis.Of(
            chart.X, chart.Series.SelectMany(series => series.Across), needsZero: false, left, right, Math.Clamp((int)(right - left) / 80, 2, 10));
        if (horizontal is null)
            return null;
        if (chart.HasEqualUnits)
            (horizontal, vertical) = EqualUnits(horizontal, vertical);
        return new Plot(canvas, horizontal, vertical, [.. chart.Series.OfType<BarSeries>()]);
    }

    /// <summary>Widens the range of the axis with the longer unit until both are equally long.</summary>
    private static (PlotAxis Horizontal, PlotAxis Vertical) EqualUnits(PlotAxis horizontal, PlotAxis vertical)
    {
        static double Unit(PlotAxis axis) => (axis.High - axis.Low) / Math.Abs(axis.End - axis.Start);
        static PlotAxis Widened(PlotAxis axis, double unit)
        {
            var (middle, half) = (axis.Low / 2 + axis.High / 2, unit * Math.Abs(axis.End - axis.Start) / 2);
            return axis.With(middle - half, middle + half);
        }
        var unit = Math.Max(Unit(horizontal), Unit(vertical));
        return (Widened(horizontal, unit), Widened(vertical, unit));
    }

    /// <summary>A plot without a range, to count on.</summary>
    private static Plot Blank(SvgCanvas canvas, Chart chart)
    {
        PlotAxis Any(Axis axis) => PlotAxis.Of(axis with { Minimum = null, Maximum = null, Categories = null }, [1], needsZero: false, 0, 1, 2)!;
        return new Plot(canvas, Any(chart.X), Any(chart.Y), []);
    }

    private static double Notes(SvgCanvas canvas, Chart chart, IReadOnlyList<Undrawn> undrawn, double x, double y)
    {
        string Count(Undrawn reason, string words) => undrawn.Count(one => one == reason) is > 0 and var count ? $"{count} {words}" : "";
        string[] reasons =
        [
            Count(Undrawn.NotFinite, "not finite"), Count(Undrawn.NotPositive, "not above 0 on a logarithmic axis"),
            Count(Undrawn.OutOfRange, "outside the axes"),
        ];
        string[] missing = undrawn.Count == 0 ? [] : [$"Not drawn: {string.Join(", ", reasons.Where(reason => reason != ""))}."];
        foreach (var line in SvgCanvas.Wrapped([.. chart.Notes, .. missing], chart.Width))
            canvas.Text(x, y += LineHeight, line, "faint small");
        return y;
    }
}
