using System.Globalization;
using System.Xml.Linq;
using VerifyXunit;

namespace Harness.Reporting.Tests;

public class LeaderboardSvgTests
{
    [Fact]
    public Task Of_a_complete_record() => Verifier.Verify(LeaderboardSvg.Of(TinyRecord.Complete), "svg");

    /// <summary>A README shows it from its own bytes alone: nothing is fetched and nothing runs.</summary>
    [Fact]
    public void It_is_well_formed_and_self_contained()
    {
        var document = XDocument.Parse(LeaderboardSvg.Of(TinyRecord.Complete));
        string[] allowed = ["svg", "style", "rect", "text"];
        Assert.All(document.Descendants(), element => Assert.Contains(element.Name.LocalName, allowed));
        Assert.All(document.Descendants().Attributes(), attribute => Assert.DoesNotContain("href", attribute.Name.LocalName));
        Assert.DoesNotContain("url(", document.ToString());
    }

    /// <summary>Texts too, at 6.5 units a character. Kills: a legend or a heading that runs off a narrow picture.</summary>
    [Fact]
    public void Everything_lies_on_the_card()
    {
        var root = XDocument.Parse(LeaderboardSvg.Of(TinyRecord.Complete)).Root!;
        double Number(XElement element, string name) => double.Parse(element.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
        var (width, height) = (Number(root, "width"), Number(root, "height"));
        foreach (var element in root.Elements().Where(element => element.Name.LocalName is "rect" or "text"))
        {
            var extent = element.Attribute("text-anchor")?.Value == "start" ? 6.5 * element.Value.Length : Number(element, "width");
            Assert.InRange(Number(element, "x") + extent, 0, width);
            Assert.InRange(Number(element, "y") + Number(element, "height"), 0, height);
        }
    }

    [Fact]
    public void A_partial_record_says_so() => Assert.Contains("PARTIAL RECORD", LeaderboardSvg.Of(TinyRecord.Unfinished));

    /// <summary>In both schemes lightness rises or falls all the way, so that order survives without hue; every ink has a contrast of 4.5 on its cell.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Colours_are_ordered_by_lightness_and_inks_are_legible(bool dark)
    {
        var style = ScoreColour.Style(dark);
        var classes = Enumerable.Range(0, 21).Select(step => (Fill: Luminance(style, $".f{step}"), Ink: Luminance(style, $".i{step}"))).ToList();
        for (var k = 1; k < classes.Count; k++)
            Assert.True(dark ? classes[k].Fill > classes[k - 1].Fill : classes[k].Fill < classes[k - 1].Fill, $"step {k}");
        Assert.All(classes, one => Assert.True((Math.Max(one.Fill, one.Ink) + 0.05) / (Math.Min(one.Fill, one.Ink) + 0.05) >= 4.5, $"{one}"));
    }

    private static double Luminance(string style, string name)
    {
        var start = style.IndexOf(name + "{fill:#", StringComparison.Ordinal) + name.Length + 7;
        double Channel(int k) => int.Parse(style.AsSpan(start + 2 * k, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0 is var c && c <= 0.04045
            ? c / 12.92
            : Math.Pow((c + 0.055) / 1.055, 2.4);
        return 0.2126 * Channel(0) + 0.7152 * Channel(1) + 0.0722 * Channel(2);
    }
}
