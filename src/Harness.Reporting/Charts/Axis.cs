namespace Harness.Reporting;

/// <summary>An axis. Its range is that of the data, widened to round numbers, unless given.</summary>
/// <param name="Label">What it measures.</param>
/// <param name="Unit">The unit, shown in brackets; null for a pure number.</param>
public sealed record Axis(string Label, string? Unit = null)
{
    /// <summary>Linear unless set; categories are always linear.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>The least number shown; null: from the data.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number shown; null: from the data.</summary>
    public double? Maximum { get; init; }

    /// <summary>
    /// Names for the numbers 0, 1, …; the axis then shows −½ … n − ½, and a vertical one runs downwards, as the rows of a matrix do.
    /// </summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The label and the unit.</summary>
    internal string Title => Unit is null ? Label : $"{Label} ({Unit})";
}
