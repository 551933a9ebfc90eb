using System.Globalization;
using System.Security;
using System.Text;
using System.Xml;

namespace Harness.Reporting;

/// <summary>
/// A card to draw on: elements in the order they are added, texts escaped, coordinates in tenths of a pixel. Colours come from style classes, so that
/// the picture follows the reader's light or dark scheme; it fetches nothing and runs nothing.
/// </summary>
internal sealed class SvgCanvas
{
    /// <summary>Distance of everything from the card's edge.</summary>
    internal const int Margin = 20;

    /// <summary>The classes that every picture has: the card, its texts, and the rules that follow the scheme.</summary>
    /// <param name="light">Further classes in the light scheme.</param>
    /// <param name="dark">The same classes in the dark scheme.</param>
    /// <param name="both">Further rules that do not depend on the scheme.</param>
    internal static string Style(string light, string dark, string both) => $$"""
        .card{fill:#ffffff}.text{fill:#1f2328}.faint{fill:#59636e}.none{fill:#f6f8fa}
        {{light}}
        @media (prefers-color-scheme:dark){.card{fill:#0d1117}.text{fill:#f0f6fc}.faint{fill:#9198a1}.none{fill:#151b23}
        {{dark}}}
        text{font-family:ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif;font-size:12px}
        .title{font-size:15px;font-weight:600}{{both}}.small{font-size:11px}.number{font-variant-numeric:tabular-nums}
        """;

    private readonly StringBuilder _body = new();

    /// <summary>Width of so many characters, on the generous side: the font is known only where the picture is shown.</summary>
    internal static int TextWidth(int characters) => (int)Math.Ceiling(characters * 7.2);

    /// <summary>A text of at most so many characters.</summary>
    internal static string Shortened(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";

    /// <summary>Sentences as lines that fit a width. A longer word has a line of its own.</summary>
    internal static IEnumerable<string> Wrapped(IEnumerable<string> sentences, double width)
    {
        var line = "";
        foreach (var word in sentences.SelectMany(sentence => sentence.Split(' ')))
        {
            if (line != "" && TextWidth(line.Length + word.Length + 1) > width)
            {
                yield return line;
                line = "";
            }
            line += line == "" ? word : " " + word;
        }
        if (line != "")
            yield return line;
    }

    /// <summary>A text whose baseline starts, has its middle, or ends at (x, y).</summary>
    internal void Text(double x, double y, string text, string style, string anchor = "start") =>
        _body.Append(CultureInfo.InvariantCulture, $"<text x=\"{Round(x)}\" y=\"{Round(y)}\" class=\"{style}\" text-anchor=\"{anchor}\">")
            .Append(Escaped(text)).Append("</text>\n");

    /// <summary>A rectangle, with a tooltip if given.</summary>
    internal void Rectangle(double x, double y, double width, double height, string style, double radius = 0, string? tooltip = null) => Element(
        string.Create(CultureInfo.InvariantCulture, $"<rect x=\"{Round(x)}\" y=\"{Round(y)}\" width=\"{Round(width)}\" height=\"{Round(height)}\"")
        + (radius > 0 ? string.Create(CultureInfo.InvariantCulture, $" rx=\"{Round(radius)}\"") : ""), style, tooltip);

    /// <summary>An open or closed path through points, with a tooltip if given.</summary>
    internal void Path(IEnumerable<(double X, double Y)> points, string style, bool isClosed = false, string? tooltip = null)
    {
        var corners = points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{Round(point.X)} {Round(point.Y)}"));
        Element($"<path d=\"M{string.Join('L', corners)}{(isClosed ? "Z" : "")}\"", style, tooltip);
    }

    /// <summary>A disc, with a tooltip if given.</summary>
    internal void Disc(double x, double y, double radius, string style, string? tooltip = null) =>
        Element(string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{Round(x)}\" cy=\"{Round(y)}\" r=\"{Round(radius)}\""), style, tooltip);

    /// <summary>Draws within a group of one style class.</summary>
    internal void Group(string style, Action draw)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<g class=\"{style}\">\n");
        draw();
        _body.Append("</g>\n");
    }

    /// <summary>The whole document.</summary>
    /// <param name="width">Of the card.</param>
    /// <param name="height">Of the card.</param>
    /// <param name="label">What the picture shows, for a reader who does not see it.</param>
    /// <param name="style">See <see cref="Style"/>.</param>
    internal string Document(double width, double height, string label, string style)
    {
        (width, height) = (Math.Ceiling(width), Math.Ceiling(height));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"
              aria-label="{Escaped(label)}">
            <style>{style}</style>
            <rect class="card" width="{width}" height="{height}" rx="8"/>
            {_body}</svg>

            """);
    }

    private void Element(string start, string style, string? tooltip) =>
        _body.Append(start).Append(CultureInfo.InvariantCulture, $" class=\"{style}\"")
            .Append(tooltip is null ? "/>\n" : $"><title>{Escaped(tooltip)}</title></{start[1..start.IndexOf(' ')]}>\n");

    // + 0.0 turns −0 into 0.
    private static double Round(double value) => Math.Round(value, 1) + 0.0;

    /// <summary>Characters that XML cannot hold, even escaped, become U+FFFD: names come from anywhere.</summary>
    private static string Escaped(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        return SecurityElement.Escape(clean.ToString());
    }
}
