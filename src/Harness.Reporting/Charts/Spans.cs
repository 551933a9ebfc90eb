namespace Harness.Reporting;

/// <summary>Shaded ranges of the horizontal axis over the whole height: regions, clusters.</summary>
/// <param name="Name">Its name in the legend; empty for none.</param>
/// <param name="Ranges">From, to, and the tooltip of each.</param>
public sealed record Spans(string Name, IReadOnlyList<(double From, double To, string Note)> Ranges) : Series(Name)
{
    internal override bool HasColour => false;

    internal override IEnumerable<double> Across => Ranges.SelectMany(range => new[] { range.From, range.To });

    internal override IEnumerable<double> Up(AxisScale scale) => [];

    internal override void Draw(Plot plot, SeriesStyle style)
    {
        foreach (var (from, to, note) in Ranges.Where(range => plot.X.Shows(range.From) && plot.X.Shows(range.To)))
        {
            var (left, right) = (plot.X.At(from), plot.X.At(to));
            plot.Canvas.Rectangle(Math.Min(left, right), plot.Top, Math.Abs(right - left), plot.Bottom - plot.Top, "span", tooltip: note);
        }
    }

    internal override void DrawKey(SvgCanvas canvas, double x, double y, SeriesStyle style) => canvas.Rectangle(x, y - 6, 24, 12, "span");
}
