namespace Harness.Reporting;

/// <summary>A picture of some series over two axes. Data only: <see cref="ChartSvg"/> draws it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">Drawn in order, later ones above earlier ones.</param>
public sealed record Chart(string Title, Axis X, Axis Y, IReadOnlyList<Series> Series)
{
    /// <summary>Sentences under the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Sentences under the plot; the chart adds one where data could not be drawn.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Width of the whole chart in pixels, at least 240.</summary>
    public int Width { get; init; } = 680;

    /// <summary>Height of the area between the axes in pixels, at least 60.</summary>
    public int PlotHeight { get; init; } = 280;

    /// <summary>
    /// Whether a unit is equally long on both axes, so that circles are round; for linear axes. Ranges are widened, given ones included.
    /// </summary>
    public bool HasEqualUnits { get; init; }
}
