using System.Globalization;

namespace Harness.Reporting.Tests;

/// <summary>Colours measured, not judged: contrast by WCAG 2, dichromacy by Machado, Oliveira and Fernandes (2009), differences in CIELAB.</summary>
public class PaletteTests
{
    private static readonly double[][,] s_eyes =
    [
        new[,] { { 1.0, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
        new[,] { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
        new[,] { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
        new[,] { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
    ];

    /// <summary>3 is what WCAG asks of graphics. Kills: a yellow on white.</summary>
    [Fact]
    public void Every_colour_stands_out_from_its_card()
    {
        Assert.All(Palette.Light, colour => Assert.True(Contrast(colour, "#ffffff") >= 3.5, $"{colour}: {Contrast(colour, "#ffffff"):F2}"));
        Assert.All(Palette.Dark, colour => Assert.True(Contrast(colour, "#0d1117") >= 3.5, $"{colour}: {Contrast(colour, "#0d1117"):F2}"));
    }

    /// <summary>20 is about ten times what is just noticed side by side. Kills: the usual red and green.</summary>
    [Fact]
    public void Any_two_colours_stay_apart_for_every_eye()
    {
        Assert.True(LeastDifference(Palette.Light) >= 20, $"light: {LeastDifference(Palette.Light):F1}");
        Assert.True(LeastDifference(Palette.Dark) >= 20, $"dark: {LeastDifference(Palette.Dark):F1}");
        Assert.True(LeastDifference(["#d62728", "#2ca02c"]) < 20, "the measure sees red and green as most eyes do");
    }

    [Fact]
    public void Texts_are_legible_on_the_card()
    {
        foreach (var (card, inks) in new[] { ("#ffffff", new[] { "#1f2328", "#59636e" }), ("#0d1117", ["#f0f6fc", "#9198a1"]) })
            foreach (var ink in inks)
            {
                Assert.Contains(card, Palette.Style, StringComparison.Ordinal);
                Assert.Contains(ink, Palette.Style, StringComparison.Ordinal);
                Assert.True(Contrast(ink, card) >= 4.5, $"{ink} on {card}: {Contrast(ink, card):F2}");
            }
    }

    private static double LeastDifference(string[] colours) => (
        from eye in s_eyes
        from i in Enumerable.Range(0, colours.Length)
        from j in Enumerable.Range(0, i)
        select Lab(colours[i], eye).Zip(Lab(colours[j], eye), (a, b) => (a - b) * (a - b)).Sum()).Min(Math.Sqrt);

    private static double[] Linear(string colour) => [.. new[] { 1, 3, 5 }
        .Select(start => int.Parse(colour.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
        .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];

    private static double Luminance(double[] rgb) => 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(Linear(one)), Luminance(Linear(other)));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double[] Lab(string colour, double[,] eye)
    {
        var seen = Linear(colour);
        double[] rgb = [.. Enumerable.Range(0, 3).Select(i => Math.Clamp(Enumerable.Range(0, 3).Sum(j => eye[i, j] * seen[j]), 0, 1))];
        static double Root(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;
        var x = Root((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
        var y = Root(Luminance(rgb));
        var z = Root((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
    }
}
