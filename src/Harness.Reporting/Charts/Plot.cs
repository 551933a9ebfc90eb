namespace Harness.Reporting;

/// <summary>What a series draws on: the canvas, the axes, the area between them and the other bars.</summary>
internal sealed record Plot(SvgCanvas Canvas, PlotAxis X, PlotAxis Y, IReadOnlyList<BarSeries> Bars)
{
    internal double Left => X.Start;

    internal double Right => X.End;

    internal double Top => Math.Min(Y.Start, Y.End);

    internal double Bottom => Math.Max(Y.Start, Y.End);

    /// <summary>Pixels that the bars of one position may take: to the nearest other position, or the whole width.</summary>
    internal double BarSlot
    {
        get
        {
            var places = Bars.SelectMany(series => series.Across).Where(X.Shows).Select(X.At).Distinct().Order().ToList();
            var nearest = places.Zip(places.Skip(1), (one, next) => next - one).DefaultIfEmpty(Right - Left).Min();
            return X.Axis.Categories is { } names ? (Right - Left) / names.Count : nearest;
        }
    }

    /// <summary>Why a point has no place; null: it has one.</summary>
    internal Undrawn? Reason(ChartPoint point) =>
        X.Reason(point.X) ?? Y.Reason(point.Y) ?? (X.Shows(point.X) && Y.Shows(point.Y) ? null : Undrawn.OutOfRange);

    /// <summary>Whether a point has a place.</summary>
    internal bool CanDraw(ChartPoint point) => Reason(point) is null;
}
