using System.Globalization;

namespace Harness.Reporting;

/// <summary>
/// Colours of series, for either scheme: each has a contrast of 3.5 with the card, and any two stay apart for readers who lack one kind of cone;
/// tests compute both.
/// </summary>
internal static class Palette
{
    internal static readonly string[] Light = ["#1f4fc0", "#cf6a12", "#07966b", "#b05fb8", "#3b2430"];

    internal static readonly string[] Dark = ["#6f86ff", "#e0701c", "#35dba0", "#c07fb2", "#f2ea6c"];

    internal static int Count => Light.Length;

    /// <summary>The style of a picture of charts.</summary>
    internal static string Style { get; } = SvgCanvas.Style(
        Scheme(Light, card: "#ffffff", ink: "#1f2328", axis: "#59636e", grid: "#e3e7eb", span: "#d5dbe1") + ScoreColour.Style(dark: false),
        Scheme(Dark, card: "#0d1117", ink: "#f0f6fc", axis: "#9198a1", grid: "#262c34", span: "#323b46") + ScoreColour.Style(dark: true),
        ".head{font-size:17px;font-weight:600}"
        + ".axis,.grid,.whisker{fill:none;stroke-width:1}.halo{fill:none;stroke-width:3.5;stroke-opacity:.75}"
        + ".reference{fill:none;stroke-width:1.3;stroke-dasharray:2 3}.span{fill-opacity:.7}"
        + ".line{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round}.d1{stroke-dasharray:7 3}.d2{stroke-dasharray:2 2}"
        + ".band{fill:currentColor;fill-opacity:.2}.mark{fill:currentColor}.touch{fill:transparent}");

    private static string Scheme(string[] colours, string card, string ink, string axis, string grid, string span) =>
        string.Concat(colours.Select((colour, k) => string.Create(CultureInfo.InvariantCulture, $".c{k}{{color:{colour}}}")))
        + $".halo{{stroke:{card}}}.axis{{stroke:{axis}}}.grid{{stroke:{grid}}}.span{{fill:{span}}}.reference,.whisker{{stroke:{ink}}}";
}
