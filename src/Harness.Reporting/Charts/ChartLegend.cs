namespace Harness.Reporting;

/// <summary>The keys of a chart's series, in as many rows as they need.</summary>
internal static class ChartLegend
{
    private const int KeyWidth = 30;
    private const int RowHeight = 20;

    /// <summary>The series with their styles; neutral ones take no number.</summary>
    internal static IEnumerable<(Series Series, SeriesStyle Style)> Styles(Chart chart)
    {
        var number = 0;
        foreach (var series in chart.Series)
            yield return (series, new SeriesStyle(series.HasColour ? number++ : 0));
    }

    /// <summary>Draws the legend below y; nothing where no series has a name.</summary>
    /// <returns>The lower end.</returns>
    internal static double Draw(SvgCanvas canvas, Chart chart, double x, double y)
    {
        var (left, any) = (x, false);
        foreach (var (series, style) in Styles(chart).Where(entry => entry.Series.Name != ""))
        {
            var words = SvgCanvas.Shortened(series is HeatMap map ? map.Key : series.Name, (int)((chart.Width - KeyWidth) / 7.2));
            var width = KeyWidth + SvgCanvas.TextWidth(words.Length);
            if (left > x && left + width > x + chart.Width)
                (left, y) = (x, y + RowHeight);
            var (at, row) = (left, y);
            if (series.HasColour)
                canvas.Group(style.Colour, () => series.DrawKey(canvas, at, row + 6, style));
            else
                series.DrawKey(canvas, at, row + 6, style);
            canvas.Text(left + KeyWidth, y + 10, words, "text");
            (left, any) = (left + width + 14, true);
        }
        return any ? y + RowHeight : y - 6;
    }
}
