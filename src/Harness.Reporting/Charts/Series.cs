namespace Harness.Reporting;

/// <summary>Something that a chart draws: one of the records derived from it here.</summary>
/// <param name="Name">Its name in the legend; empty for none.</param>
public abstract record Series(string Name)
{
    /// <summary>Whether it has a colour of its own; neutral marks have none.</summary>
    internal virtual bool HasColour => true;

    /// <summary>Horizontal numbers that the axis has to show; any others are ignored.</summary>
    internal abstract IEnumerable<double> Across { get; }

    /// <summary>Vertical numbers that an axis of this scale has to show; any others are ignored.</summary>
    internal abstract IEnumerable<double> Up(AxisScale scale);

    /// <summary>Whether the vertical axis, if linear, has to show 0: lengths are compared.</summary>
    internal virtual bool NeedsZero => false;

    /// <summary>Why some of its data cannot be drawn, a reason each.</summary>
    internal virtual IEnumerable<Undrawn> Undrawn(Plot plot) => [];

    /// <summary>Draws it.</summary>
    internal abstract void Draw(Plot plot, SeriesStyle style);

    /// <summary>Draws its key in the legend, 24 wide and 12 high around (x + 12, y).</summary>
    internal abstract void DrawKey(SvgCanvas canvas, double x, double y, SeriesStyle style);
}
