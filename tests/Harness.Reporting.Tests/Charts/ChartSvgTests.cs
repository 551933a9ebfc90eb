using System.Globalization;
using System.Xml.Linq;
using VerifyXunit;

namespace Harness.Reporting.Tests;

public class ChartSvgTests
{
    public static IEnumerable<object[]> Titles => ChartSamples.All.Select(chart => new object[] { chart.Title });

    [Fact]
    public Task Of_lines_on_a_logarithmic_axis() => Verifier.Verify(ChartSvg.Of(ChartSamples.Lines), "svg");

    [Fact]
    public Task Of_four_kinds_in_a_grid() => Verifier.Verify(
        ChartSvg.Of("Four kinds", [ChartSamples.Circles, ChartSamples.Heat, ChartSamples.Bars, ChartSamples.Undrawable], columns: 2), "svg");

    /// <summary>Nothing is fetched and nothing runs; no number reached a coordinate as NaN, ∞ or with a comma.</summary>
    [Theory]
    [MemberData(nameof(Titles))]
    public void It_is_well_formed_and_self_contained(string title)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            var document = XDocument.Parse(ChartSvg.Of(Sample(title)));
            string[] elements = ["svg", "style", "g", "rect", "text", "path", "circle", "title"];
            string[] attributes = ["x", "y", "width", "height", "rx", "cx", "cy", "r", "d"];
            Assert.All(document.Descendants(), element => Assert.Contains(element.Name.LocalName, elements));
            Assert.DoesNotContain("url(", document.ToString(), StringComparison.Ordinal);
            Assert.All(
                document.Descendants().Attributes().Where(attribute => attributes.Contains(attribute.Name.LocalName)),
                attribute => Assert.Matches(@"^(M?-?[0-9]+(\.[0-9])?([ L](?=[-0-9])|Z?$))+$", attribute.Value));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Texts too, at 6.5 units a character. Kills: a legend, a tick or a title that runs off the card.</summary>
    [Theory]
    [MemberData(nameof(Titles))]
    public void Everything_lies_on_the_card(string title)
    {
        var root = XDocument.Parse(ChartSvg.Of("A heading of some length above it", [Sample(title)])).Root!;
        var (width, height) = (Number(root, "width"), Number(root, "height"));
        foreach (var (x, y) in root.Descendants().SelectMany(Extent))
        {
            Assert.InRange(x, 0, width);
            Assert.InRange(y, 0, height);
        }
    }

    /// <summary>Kills: labels on top of each other, in a row and between rows.</summary>
    [Theory]
    [MemberData(nameof(Titles))]
    public void No_two_texts_overlap(string title)
    {
        var boxes = XDocument.Parse(ChartSvg.Of(Sample(title))).Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => (Element: element, Box: Extent(element).ToList())).ToList();
        for (var i = 0; i < boxes.Count; i++)
            for (var j = 0; j < i; j++)
                Assert.False(
                    boxes[i].Box[0].X < boxes[j].Box[1].X && boxes[j].Box[0].X < boxes[i].Box[1].X && boxes[i].Box[0].Y < boxes[j].Box[1].Y
                    && boxes[j].Box[0].Y < boxes[i].Box[1].Y, $"'{boxes[i].Element.Value}' lies on '{boxes[j].Element.Value}'");
    }

    [Fact]
    public void What_cannot_be_drawn_is_counted()
    {
        var texts = Texts(ChartSvg.Of(ChartSamples.Undrawable));
        Assert.Contains("Not drawn: 2 not finite, 2 not above 0 on a logarithmic axis.", texts);
        Assert.Contains("Not drawn: 1 not finite.", Texts(ChartSvg.Of(ChartSamples.Empty)));
        Assert.Contains("No data that can be drawn.", Texts(ChartSvg.Of(ChartSamples.Empty)));
        Assert.Contains("No data that can be drawn.", Texts(ChartSvg.Of(ChartSamples.Empty with { Series = [] })));
        Assert.Contains("Not drawn: 1 not finite.", Texts(ChartSvg.Of(ChartSamples.Heat)));
        var cut = ChartSamples.Bars with { Y = new Axis("recovery") { Minimum = 0, Maximum = 0.9 } };
        Assert.Contains("Not drawn: 2 outside the axes.", Texts(ChartSvg.Of(cut)));
    }

    /// <summary>Kills: a line drawn straight across a value that is missing.</summary>
    [Fact]
    public void A_line_is_broken_where_a_value_is_missing()
    {
        ChartPoint[] points = [new(0, 0), new(1, 1), new(2, double.NaN), new(3, 1), new(4, 0)];
        var chart = new Chart("", new Axis("x"), new Axis("y"), [new LineSeries("", points)]);
        Assert.Equal(2, Elements(ChartSvg.Of(chart), "line d0").Count());
    }

    /// <summary>The pixel of every mark gives its number back. Kills: a swapped axis, different logarithms at the two ends, an offset.</summary>
    [Fact]
    public void Marks_are_where_the_axes_say()
    {
        ChartPoint[] points = [new(0, 1), new(2, 10), new(5, 1000), new(10, 100)];
        var chart = new Chart("", new Axis("x"), new Axis("y") { Scale = AxisScale.Logarithmic }, [new ScatterSeries("", points)]);
        var discs = Elements(ChartSvg.Of(chart), "mark").ToList();
        var (x, y) = (discs.Select(disc => Number(disc, "cx")).ToList(), discs.Select(disc => Number(disc, "cy")).ToList());
        foreach (var (k, point) in points.Index())
        {
            Assert.Equal(point.X, 10 * (x[k] - x[0]) / (x[3] - x[0]), 2);
            Assert.Equal(Math.Log10(point.Y), 3 * (y[k] - y[0]) / (y[2] - y[0]), 2);
        }
        Assert.True(y[2] < y[0], "larger is higher");
    }

    /// <summary>Kills: axes fitted one by one, on which a circle is an ellipse.</summary>
    [Fact]
    public void Circles_are_round()
    {
        var points = Elements(ChartSvg.Of(ChartSamples.Circles), "touch").ToList();
        double Spread(string name) => points.Max(point => Number(point, name)) - points.Min(point => Number(point, name));
        Assert.InRange(Spread("cx") / Spread("cy"), 0.98, 1.02);
    }

    [Fact]
    public void A_row_of_the_matrix_is_a_row_of_the_picture()
    {
        var cells = XDocument.Parse(ChartSvg.Of(ChartSamples.Heat)).Descendants()
            .Where(element => element.Elements().Any(child => child.Name.LocalName == "title")).ToDictionary(element => element.Value);
        var first = cells["cluster 0, frequency 3: 0.99"];
        var (below, right) = (cells["cluster 1, frequency 3: 0.01"], cells["cluster 0, frequency 8: 0.3"]);
        Assert.True(Number(below, "y") > Number(first, "y") && Number(below, "x") == Number(first, "x"));
        Assert.True(Number(right, "x") > Number(first, "x") && Number(right, "y") == Number(first, "y"));
        Assert.Equal("f20", first.Attribute("class")!.Value);
    }

    /// <summary>Names come from anywhere. Kills: markup in a name; a control character, which no XML can hold.</summary>
    [Fact]
    public void Any_text_is_shown_as_text()
    {
        var chart = new Chart("a\u0001b \ud800 <script>&\"'", new Axis("x"), new Axis("y"), [new ScatterSeries("\u0000😀", [new(1, 1)])]);
        var texts = Texts(ChartSvg.Of(chart));
        Assert.Contains("a\uFFFDb \uFFFD <script>&\"'", texts);
        Assert.Contains("\uFFFD😀", texts);
    }

    [Fact]
    public void Senseless_requests_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ChartSvg.Of("", []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChartSvg.Of(ChartSamples.Bars with { Width = 100 }));
        var reversed = ChartSamples.Bars with { Y = new Axis("recovery") { Minimum = 2, Maximum = 1 } };
        var error = Assert.Throws<ArgumentException>(() => ChartSvg.Of(reversed));
        Assert.Contains("The axis 'recovery' runs from 2 to 1", error.Message, StringComparison.Ordinal);
    }

    private static Chart Sample(string title) => ChartSamples.All.Single(chart => chart.Title == title);

    private static List<string> Texts(string picture) =>
        [.. XDocument.Parse(picture).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static IEnumerable<XElement> Elements(string picture, string style) =>
        XDocument.Parse(picture).Descendants().Where(element => element.Attribute("class")?.Value == style);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);

    /// <summary>Upper left and lower right corner of what an element covers; nothing for one that covers nothing by itself.</summary>
    private static IEnumerable<(double X, double Y)> Extent(XElement element)
    {
        var (x, y) = (Number(element, "x"), Number(element, "y"));
        var width = 6.5 * element.Value.EnumerateRunes().Count();
        return element.Name.LocalName switch
        {
            "rect" => [(x, y), (x + Number(element, "width"), y + Number(element, "height"))],
            "circle" => [(Number(element, "cx"), Number(element, "cy")), (Number(element, "cx"), Number(element, "cy"))],
            "path" => element.Attribute("d")!.Value.Trim('M', 'Z').Split('L').Select(point => point.Split(' '))
                .Select(point => (double.Parse(point[0], CultureInfo.InvariantCulture), double.Parse(point[1], CultureInfo.InvariantCulture))),
            "text" => element.Attribute("text-anchor")!.Value switch
            {
                "start" => [(x, y - 9), (x + width, y + 2)],
                "middle" => [(x - width / 2, y - 9), (x + width / 2, y + 2)],
                _ => [(x - width, y - 9), (x, y + 2)],
            },
            _ => [],
        };
    }
}
