namespace Harness.Reporting;

/// <summary>How a series looks: colour, mark and dashes, so that no colour has to be told from another to read a picture.</summary>
/// <param name="Number">The number of the series among those with a colour.</param>
internal readonly record struct SeriesStyle(int Number)
{
    /// <summary>The class of the group that it is drawn in; the colour is the group's <c>color</c>.</summary>
    internal string Colour => $"c{Number % Palette.Count}";

    /// <summary>The class of its lines: solid, dashed, dotted.</summary>
    internal string Dash => $"d{Number % 3}";

    /// <summary>The shape of its marks.</summary>
    internal int Mark => Number % Marks.Count;
}
