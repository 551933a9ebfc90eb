namespace Harness.Reporting;

/// <summary>A series of points: a line, marks or bars.</summary>
/// <param name="Name">Its name in the legend; empty for none.</param>
/// <param name="Values">The points, in the order in which a line runs through them.</param>
public abstract record PointSeries(string Name, IReadOnlyList<ChartPoint> Values) : Series(Name)
{
    internal override IEnumerable<double> Across => Values.Select(point => point.X);

    // On a logarithmic axis a lower end near zero would press everything else against the top: it may take a decade.
    internal override IEnumerable<double> Up(AxisScale scale) => Values.SelectMany(point => new[]
    {
        point.Y, point.High ?? point.Y, scale == AxisScale.Logarithmic ? Math.Max(point.Low ?? point.Y, point.Y / 10) : point.Low ?? point.Y,
    });

    internal override IEnumerable<Undrawn> Undrawn(Plot plot) => Values.Select(plot.Reason).OfType<Undrawn>();

    /// <summary>The words of a point's tooltip.</summary>
    private protected string Tooltip(Plot plot, ChartPoint point)
    {
        var range = point is { Low: { } low, High: { } high } ? $" [{NumberText.Short(low)}, {NumberText.Short(high)}]" : "";
        string[] words =
        [
            Name, $"{plot.X.Axis.Label} {plot.X.Name(point.X)}", $"{plot.Y.Axis.Label} {plot.Y.Name(point.Y)}{range}", point.Note ?? "",
        ];
        return string.Join("; ", words.Where(word => word != ""));
    }

    /// <summary>A vertical bar with caps from the lower to the upper end of a point's range.</summary>
    private protected static void DrawErrorBar(Plot plot, double x, ChartPoint point, string style)
    {
        if (point is not { Low: { } low, High: { } high } || double.IsNaN(low) || double.IsNaN(high))
            return;
        var (bottom, top) = (plot.Y.Clamped(low), plot.Y.Clamped(high));
        (double, double)[] corners = [(x - 3, bottom), (x + 3, bottom), (x, bottom), (x, top), (x - 3, top), (x + 3, top)];
        plot.Canvas.Path(corners, "halo");
        plot.Canvas.Path(corners, style);
    }
}
