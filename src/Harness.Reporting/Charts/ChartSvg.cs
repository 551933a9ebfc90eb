namespace Harness.Reporting;

/// <summary>
/// Charts as a picture: self-contained, in the reader's light or dark scheme, with the exact numbers as tooltips. A pure function of the charts. Data
/// that cannot be drawn are counted under the plot; a chart without any says so.
/// </summary>
public static class ChartSvg
{
    private const int Gap = 28;

    /// <summary>One chart as an SVG document.</summary>
    /// <exception cref="ArgumentException">A size or the range of an axis makes no picture.</exception>
    public static string Of(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return Of("", [chart]);
    }

    /// <summary>Several charts as one SVG document, row by row.</summary>
    /// <param name="title">Above all of them; empty for none.</param>
    /// <param name="charts">At least one.</param>
    /// <param name="columns">Charts per row, at least 1.</param>
    /// <exception cref="ArgumentException">There is no chart; a size or the range of an axis makes no picture.</exception>
    public static string Of(string title, IReadOnlyList<Chart> charts, int columns = 1)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(charts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (charts.Count == 0)
            throw new ArgumentException("A picture needs at least one chart, got none.", nameof(charts));
        var canvas = new SvgCanvas();
        var (right, y) = (0.0, (double)SvgCanvas.Margin);
        if (title != "")
        {
            canvas.Text(SvgCanvas.Margin, y + 16, title, "text head");
            (right, y) = (SvgCanvas.TextWidth(title.Length) * 1.4, y + 34);
        }
        int[] widths = [.. charts.Index().GroupBy(entry => entry.Index % columns, entry => entry.Item.Width).Select(column => column.Max())];
        double[] lefts = [.. Enumerable.Range(0, widths.Length + 1).Select(k => SvgCanvas.Margin + widths.Take(k).Sum(width => width + Gap))];
        right = Math.Max(right, lefts[^1] - Gap);
        foreach (var row in charts.Chunk(columns))
            y = Gap + row.Select((chart, column) => ChartLayout.Draw(canvas, chart, lefts[column], y)).Max();
        var label = string.Join("; ", charts.Select(chart => chart.Title).Prepend(title).Where(text => text != ""));
        return canvas.Document(right + SvgCanvas.Margin, y - Gap + SvgCanvas.Margin, label, Palette.Style);
    }
}
