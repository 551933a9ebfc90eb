namespace Harness.Reporting;

/// <summary>A thin line across the whole plot: a limit, a noise level, a transition.</summary>
/// <param name="Name">Its name in the legend; empty for none.</param>
/// <param name="At">Where, on the vertical axis, or on the horizontal one.</param>
/// <param name="IsVertical">Whether the line runs up and <paramref name="At"/> is on the horizontal axis.</param>
public sealed record ReferenceLine(string Name, double At, bool IsVertical = false) : Series(Name)
{
    internal override bool HasColour => false;

    internal override IEnumerable<double> Across => IsVertical ? [At] : [];

    internal override IEnumerable<double> Up(AxisScale scale) => IsVertical ? [] : [At];

    internal override void Draw(Plot plot, SeriesStyle style)
    {
        var note = $"{Name}: {NumberText.Short(At)}";
        if (IsVertical && plot.X.Shows(At))
            plot.Canvas.Path([(plot.X.At(At), plot.Top), (plot.X.At(At), plot.Bottom)], "reference", tooltip: note);
        else if (!IsVertical && plot.Y.Shows(At))
            plot.Canvas.Path([(plot.Left, plot.Y.At(At)), (plot.Right, plot.Y.At(At))], "reference", tooltip: note);
    }

    internal override void DrawKey(SvgCanvas canvas, double x, double y, SeriesStyle style) =>
        canvas.Path(IsVertical ? [(x + 12, y - 7), (x + 12, y + 7)] : [(x, y), (x + 24, y)], "reference");
}
