namespace Harness.Reporting;

/// <summary>What a sphere search does to a network's planted subnetworks, as pictures.</summary>
public static class SpherePicture
{
    /// <summary>Strength, share and loss against the radius, one line for each subnetwork, with the radius at which one first breaks.</summary>
    /// <param name="title">Of what.</param>
    /// <param name="names">Names of the planted subnetworks.</param>
    /// <param name="points">Radius as a share of ‖θ0‖, ascending from 0; cross-entropy; strengths; shares of the displacement, empty at radius 0.</param>
    /// <param name="broken">The first radius at which exactly one subnetwork is broken; null: none is.</param>
    public static string Radii(
        string title, IReadOnlyList<string> names, IReadOnlyList<(double Radius, double CrossEntropy, double[] Strengths, double[] Shares)> points, double? broken)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(points);
        var radius = new Axis("radius", "share of ‖θ0‖") { Minimum = 0, Maximum = points[^1].Radius };
        Series[] mark = broken is { } at ? [new ReferenceLine("first radius with exactly one broken", at, IsVertical: true)] : [];
        Series[] Lines(Func<(double Radius, double CrossEntropy, double[] Strengths, double[] Shares), double[]> values) =>
        [
            .. names.Select((name, k) => new LineSeries(name, [.. points.Where(point => values(point).Length > k).Select(point => new ChartPoint(point.Radius, values(point)[k]))])),
            .. mark,
        ];
        return ChartSvg.Of(title,
        [
            new Chart("Strength of each subnetwork", radius, new Axis("strength", "θ0 = 1") { Minimum = 0 }, Lines(point => point.Strengths))
            { PlotHeight = 200, Notes = ["Broken: one below 0.5 while all others are above 0.7. The search does not see this."] },
            new Chart("Where the displacement lies", radius, new Axis("share of its squared length") { Minimum = 0, Maximum = 1 }, Lines(point => point.Shares)) { PlotHeight = 200 },
            new Chart("Loss", radius, new Axis("cross-entropy") { Minimum = 0 },
                [new LineSeries("", [.. points.Select(point => new ChartPoint(point.Radius, point.CrossEntropy))]), .. mark]) { PlotHeight = 140 },
        ]);
    }

    /// <summary>Embeddings in the plane of each subnetwork, before and after: two by two for four subnetworks.</summary>
    /// <param name="title">Of what.</param>
    /// <param name="planes">Name of the subnetwork, what became of it in words, and the embeddings' positions in its plane before and after.</param>
    public static string Circles(
        string title, IReadOnlyList<(string Name, string Remark, IReadOnlyList<(double X, double Y)> Before, IReadOnlyList<(double X, double Y)> After)> planes)
    {
        ArgumentNullException.ThrowIfNull(planes);
        ScatterSeries Points(string name, IReadOnlyList<(double X, double Y)> values) =>
            new(name, [.. values.Select((value, token) => new ChartPoint(value.X, value.Y, Note: $"token {token}"))]);
        // One scale for all planes: how large a circle is, is what strength means.
        var reach = planes.SelectMany(plane => plane.Before.Concat(plane.After)).SelectMany(value => new[] { Math.Abs(value.X), Math.Abs(value.Y) }).DefaultIfEmpty(1).Max();
        Axis Reach(string label) => new(label) { Minimum = -1.05 * reach, Maximum = 1.05 * reach };
        return ChartSvg.Of(
            title,
            [
                .. planes.Select(plane => new Chart(
                    plane.Name, Reach("first direction"), Reach("second direction"), [Points("before", plane.Before), Points("after", plane.After)])
                {
                    Subtitle = plane.Remark, HasEqualUnits = true, Width = 400, PlotHeight = 260,
                }),
            ],
            columns: 2);
    }
}
