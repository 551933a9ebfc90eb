namespace Harness.Reporting.Tests;

/// <summary>Charts of every kind, and hard ones.</summary>
internal static class ChartSamples
{
    public static Chart Lines { get; } = new(
        "Loss along a direction", new Axis("distance", "‖θ‖"), new Axis("loss", "nats") { Scale = AxisScale.Logarithmic },
        [
            new LineSeries("steered", [.. Curve(x => 1e-6 * Math.Exp(x), 0.4)]),
            new LineSeries("random", [.. Curve(x => 1e-6 * Math.Exp(0.4 * x), 0.3)]),
            new LineSeries("exact", [.. Curve(x => 1e-6 * (1 + x * x), null)]),
            new ReferenceLine("10 % of the gap", 0.01),
            new ReferenceLine("transition", 9, IsVertical: true),
        ])
    { Subtitle = "Mean of 8 directions; the band is one standard error." };

    public static Chart Bars { get; } = new(
        "Recovery by model", new Axis("model") { Categories = ["modular-addition", "direct-sum", "superposition-5-2"] }, new Axis("recovery"),
        [
            new BarSeries("unit-clusters", [new(0, 1, 0.98, 1.0), new(1, 0.5, 0.4, 0.62), new(2, -0.12, -0.3, 0.05)]),
            new BarSeries("svd", [new(0, 0.3), new(1, 0.75), new(2, 0.2)]),
        ]);

    public static Chart Heat { get; } = new(
        "Overlap of claimed with planted subspaces", new Axis("planted") { Categories = ["frequency 3", "frequency 5", "frequency 8"] },
        new Axis("claimed") { Categories = ["cluster 0", "cluster 1"] },
        [new HeatMap("mean squared cosine", new[,] { { 0.99, 0.002, 0.3 }, { 0.01, double.NaN, 0.61 } })])
    { PlotHeight = 120 };

    public static Chart Circles { get; } = new(
        "Embedding, frequency 3", new Axis("cosine part"), new Axis("sine part"),
        [
            new LineSeries("before", [.. Circle(1, 0)]),
            new ScatterSeries("after", [.. Circle(0.8, 0.1)]),
            new ScatterSeries("token 0", [new(1, 0)]),
            new ScatterSeries("token 1", [new(0.5, 0.1)]),
            new ScatterSeries("a name that is so long that the legend has to think about it", [new(0, 0, -0.2, 0.2, "the <origin> & \"more\"")]),
        ])
    { HasEqualUnits = true, Width = 420, PlotHeight = 300 };

    public static Chart Undrawable { get; } = new(
        "Values <without> a place & more", new Axis("x"), new Axis("y") { Scale = AxisScale.Logarithmic },
        [
            new LineSeries("some",
            [
                new(0, 1), new(1, double.NaN), new(2, 10, 0, 30), new(3, 12, -1, 40), new(4, -3), new(5, 0), new(double.PositiveInfinity, 2),
            ]),
        ]);

    public static Chart Empty { get; } = new("Nothing at all", new Axis("x"), new Axis("y"), [new ScatterSeries("none", [new(double.NaN, 1)])]);

    /// <summary>Everything that has to look right and hold together.</summary>
    public static IEnumerable<Chart> All =>
    [
        Lines, Bars, Heat, Circles, Undrawable, Empty,
        new("One point", new Axis("x"), new Axis("y"), [new ScatterSeries("", [new(5, 1e-9)])]) { Width = 240, PlotHeight = 60 },
        new("Equal values", new Axis("x"), new Axis("y") { Scale = AxisScale.Logarithmic }, [new LineSeries("", [new(1, 7), new(2, 7)])]),
        new("Far from zero", new Axis("x"), new Axis("y"), [new LineSeries("", [new(1, 1e6), new(2, 1e6 + 0.5)])]),
        new("Huge and tiny", new Axis("x"), new Axis("y"), [new LineSeries("", [new(-1e300, 1e-305), new(1e300, 3e-308)])]),
        new("Many categories", new Axis("unit") { Categories = [.. Enumerable.Range(0, 300).Select(k => $"hidden unit {k}")] }, new Axis("weight"),
            [new BarSeries("", [.. Enumerable.Range(0, 300).Select(k => new ChartPoint(k, Math.Sin(k)))])]),
    ];

    private static IEnumerable<ChartPoint> Curve(Func<double, double> value, double? error) =>
        Enumerable.Range(0, 25).Select(k => 0.5 * k).Select(x => value(x) is var y && error is { } share
            ? new ChartPoint(x, y, y * (1 - share), y * (1 + share)) : new ChartPoint(x, y));

    private static IEnumerable<ChartPoint> Circle(double radius, double phase) => Enumerable.Range(0, 24)
        .Select(k => 2 * Math.PI * k / 23 + phase).Select(angle => new ChartPoint(radius * Math.Cos(angle), radius * Math.Sin(angle)));
}
