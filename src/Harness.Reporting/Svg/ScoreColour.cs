using System.Globalization;

namespace Harness.Reporting;

/// <summary>
/// A colour for a score: one hue from pale to deep blue, so that order is lightness and no pair of hues has to be told apart; and an ink that is legible
/// on it.
/// </summary>
internal static class ScoreColour
{
    private static readonly (double R, double G, double B)[] s_stops = [(232, 236, 241), (158, 193, 222), (74, 137, 190), (16, 76, 138)];

    /// <summary>Fill and ink for a score; values outside 0 … 1 take the nearer end.</summary>
    internal static (string Fill, string Ink) Of(double score)
    {
        var place = Math.Clamp(score, 0, 1) * (s_stops.Length - 1);
        var k = Math.Min((int)place, s_stops.Length - 2);
        var (a, b, t) = (s_stops[k], s_stops[k + 1], place - k);
        var (red, green, blue) = (a.R + (b.R - a.R) * t, a.G + (b.G - a.G) * t, a.B + (b.B - a.B) * t);
        var fill = string.Create(CultureInfo.InvariantCulture, $"#{(int)Math.Round(red):x2}{(int)Math.Round(green):x2}{(int)Math.Round(blue):x2}");
        return (fill, Luminance(red, green, blue) > 0.30 ? "#1f2328" : "#ffffff");
    }

    /// <summary>Relative luminance by WCAG 2.</summary>
    private static double Luminance(double red, double green, double blue)
    {
        static double Linear(double channel) => channel / 255 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear(red) + 0.7152 * Linear(green) + 0.0722 * Linear(blue);
    }
}
