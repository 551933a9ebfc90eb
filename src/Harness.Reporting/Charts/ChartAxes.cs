namespace Harness.Reporting;

/// <summary>The frame of a plot: grid, ticks and their numbers, and the horizontal axis's title.</summary>
internal static class ChartAxes
{
    /// <summary>Draws them.</summary>
    /// <returns>The lower end.</returns>
    internal static double Draw(Plot plot, int longestTick)
    {
        var canvas = plot.Canvas;
        foreach (var tick in plot.Y.Ticks)
        {
            var y = plot.Y.At(tick.Value);
            if (plot.Y.Axis.Categories is null)
                canvas.Path([(plot.Left, y), (plot.Right, y)], "grid");
            canvas.Text(plot.Left - 8, y + 4, SvgCanvas.Shortened(tick.Label, longestTick), "faint number", "end");
        }
        var below = plot.X.Axis.Categories is null ? Numbers(plot) : Categories(plot);
        var foot = plot.Bars.Count > 0 ? plot.Y.Clamped(0) : plot.Bottom;
        canvas.Path([(plot.Left, foot), (plot.Right, foot)], "axis");
        canvas.Path([(plot.Left, plot.Top), (plot.Left, plot.Bottom)], "axis");
        canvas.Text((plot.Left + plot.Right) / 2, below + 18, plot.X.Axis.Title, "faint", "middle");
        return below + 24;
    }

    private static double Numbers(Plot plot)
    {
        foreach (var tick in plot.X.Ticks)
        {
            var x = plot.X.At(tick.Value);
            plot.Canvas.Path([(x, plot.Top), (x, plot.Bottom)], "grid");
            plot.Canvas.Path([(x, plot.Bottom), (x, plot.Bottom + 4)], "axis");
            plot.Canvas.Text(x, plot.Bottom + 18, tick.Label, "faint number", "middle");
        }
        return plot.Bottom + 18;
    }

    /// <summary>Names in lines as wide as their place; where not even a few letters fit, every second, third, … only.</summary>
    private static double Categories(Plot plot)
    {
        var place = (plot.Right - plot.Left) / plot.X.Ticks.Count;
        var longest = plot.X.Ticks.Max(tick => tick.Label.Length);
        var every = Math.Max(1, (int)Math.Ceiling(SvgCanvas.TextWidth(Math.Min(longest, 4)) / place));
        var letters = Math.Max(3, (int)(place * every / 7.2) - 1);
        var rows = 1;
        foreach (var tick in plot.X.Ticks.Where((_, k) => k % every == 0))
        {
            var lines = Headings.Lines(tick.Label, letters);
            rows = Math.Max(rows, lines.Count);
            var x = plot.X.At(tick.Value);
            for (var line = 0; line < lines.Count; line++)
                plot.Canvas.Text(x, plot.Bottom + 18 + 14 * line, SvgCanvas.Shortened(lines[line], letters), "faint number", "middle");
        }
        return plot.Bottom + 18 + 14 * (rows - 1);
    }
}
