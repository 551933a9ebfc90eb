using System.Globalization;
using System.Text;

namespace Harness.Reporting;

/// <summary>
/// Colours for scores as style classes: one hue, so that order is lightness and no two hues have to be told apart; from the background's own shade (0) to
/// the one that stands out most from it (1), in a light and a dark form; and an ink that is legible on each.
/// </summary>
internal static class ScoreColour
{
    private const int Steps = 20;

    /// <summary>Where black and white have the same contrast, 4.6: (L + 0.05)² = 1.05·0.05.</summary>
    private const double EvenLuminance = 0.179;

    private static readonly (double R, double G, double B)[] s_light = [(234, 238, 242), (158, 193, 222), (74, 137, 190), (16, 76, 138)];
    private static readonly (double R, double G, double B)[] s_dark = [(33, 40, 49), (30, 66, 104), (52, 118, 180), (140, 196, 245)];

    /// <summary>The number of a score's classes: <c>fN</c> fills a cell, <c>iN</c> is the ink on it. Values outside 0 … 1 take the nearer end.</summary>
    internal static int Class(double score) => (int)Math.Round(Math.Clamp(score, 0, 1) * Steps);

    /// <summary>The classes of the light scheme, or of the dark one.</summary>
    internal static string Style(bool dark)
    {
        var style = new StringBuilder();
        for (var step = 0; step <= Steps; step++)
        {
            var (red, green, blue) = At(dark ? s_dark : s_light, (double)step / Steps);
            var ink = Luminance(red, green, blue) > EvenLuminance ? "#000000" : "#ffffff";
            style.Append(CultureInfo.InvariantCulture, $".f{step}{{fill:#{red:x2}{green:x2}{blue:x2}}}.i{step}{{fill:{ink}}}");
        }
        return style.ToString();
    }

    private static (int Red, int Green, int Blue) At((double R, double G, double B)[] stops, double share)
    {
        var place = share * (stops.Length - 1);
        var k = Math.Min((int)place, stops.Length - 2);
        var (a, b, t) = (stops[k], stops[k + 1], place - k);
        return ((int)Math.Round(a.R + (b.R - a.R) * t), (int)Math.Round(a.G + (b.G - a.G) * t), (int)Math.Round(a.B + (b.B - a.B) * t));
    }

    /// <summary>Relative luminance by WCAG 2.</summary>
    private static double Luminance(int red, int green, int blue)
    {
        static double Linear(int channel) => channel / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear(red) + 0.7152 * Linear(green) + 0.0722 * Linear(blue);
    }
}
