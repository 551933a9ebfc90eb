using Harness.Grading;
using Harness.Numerics;

namespace Harness.Reporting;

/// <summary>What steering does to a network, as pictures.</summary>
public static class SteeringPicture
{
    /// <summary>
    /// Loss and accuracy against the step along one direction: the kept set should stay low (high), the ablated one leave, the mixed one lie between.
    /// </summary>
    /// <param name="title">Of what.</param>
    /// <param name="curve">Held-out scores.</param>
    /// <param name="names">Names of the kept, ablated and mixed set.</param>
    /// <param name="norm">‖θ*‖, the unit of steps.</param>
    /// <param name="chosen">The step that training data recommend, in units of parameters; null: none.</param>
    /// <param name="validity">How far the direction's curvature on the ablated set holds; null: not known.</param>
    public static string Of(string title, SteeringCurve curve, (string Keep, string Ablate, string Mixed) names, double norm, double? chosen, ValidityRadius? validity)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var shortest = curve.Points.Where(point => point.Lambda > 0).Select(point => point.Lambda).DefaultIfEmpty(norm).Min() / norm;
        // A logarithmic axis has no 0: the network as it was stands at the left edge.
        var left = Math.Min(shortest, validity?.Radius / norm ?? shortest) / 2;
        var steps = new Axis("λ", "share of ‖θ*‖") { Scale = AxisScale.Logarithmic, Minimum = left, Maximum = curve.Points[^1].Lambda / norm };
        Series[] Lines(Func<SetScore, double> value) =>
        [
            .. Sets(names, [.. curve.Points.Select(point => (Math.Max(point.Lambda / norm, left), point))], value),
            .. chosen is > 0 ? new Series[] { new ReferenceLine("step chosen by training data", chosen.Value / norm, IsVertical: true) } : [],
            .. validity?.Radius is > 0 ? new Series[] { new ReferenceLine("validity radius", validity.Radius.Value / norm, IsVertical: true) } : [],
        ];
        List<string> notes = ["The left edge is the network as it was."];
        if (chosen is > 0)
            notes.Add($"Training data choose λ = {NumberText.Brief(chosen.Value / norm)} ‖θ*‖.");
        if (validity?.Radius is { } radius)
            notes.Add($"Validity radius: up to λ = {NumberText.Brief(radius / norm)} ‖θ*‖ the curvature along the direction on {names.Ablate} is within a factor 1.5 of its value at θ*.");
        return ChartSvg.Of(title,
        [
            new Chart("Loss", steps, new Axis("cross-entropy") { Scale = AxisScale.Logarithmic }, Lines(score => score.Loss)),
            new Chart("Accuracy", steps, new Axis("accuracy") { Minimum = 0, Maximum = 1 }, Lines(score => score.Accuracy)) { Notes = notes },
        ], columns: 2);
    }

    /// <summary>Accuracy against the step along each of several directions, both senses in one chart, each with its validity radius.</summary>
    /// <param name="title">Of what.</param>
    /// <param name="singles">The curve in the sense −1, that in the sense +1, and how far the curvature holds; null: not known.</param>
    /// <param name="names">Names of the kept, ablated and mixed set.</param>
    /// <param name="norm">‖θ*‖, the unit of steps.</param>
    public static string Singles(
        string title, IReadOnlyList<(SteeringCurve Backwards, SteeringCurve Forwards, ValidityRadius? Validity)> singles,
        (string Keep, string Ablate, string Mixed) names, double norm)
    {
        ArgumentNullException.ThrowIfNull(singles);
        Chart Of((SteeringCurve Backwards, SteeringCurve Forwards, ValidityRadius? Validity) single)
        {
            var points = single.Backwards.Points.Skip(1).Reverse().Select(point => point with { Lambda = -point.Lambda }).Concat(single.Forwards.Points).ToList();
            var most = points[^1].Lambda / norm;
            var radius = single.Validity?.Radius / norm;
            return new Chart(single.Forwards.Direction, new Axis("λ", "share of ‖θ*‖") { Minimum = -most, Maximum = most }, new Axis("accuracy") { Minimum = 0, Maximum = 1 },
            [
                .. Sets(names, [.. points.Select(point => (point.Lambda / norm, point))], score => score.Accuracy),
                .. radius is { } reach ? new[] { -reach, reach }.Select((at, i) => new ReferenceLine(i == 0 ? "validity radius" : "", at, IsVertical: true)) : [],
            ])
            { Width = 430, PlotHeight = 150, Notes = radius is { } share ? [$"validity radius {NumberText.Brief(share)} ‖θ*‖"] : [] };
        }

        return ChartSvg.Of(title, [.. singles.Select(Of)], columns: 3);
    }

    /// <summary>Held-out loss and accuracy at the chosen step, against k (or q).</summary>
    /// <param name="title">Of what.</param>
    /// <param name="names">Names of the kept, ablated and mixed set.</param>
    /// <param name="avoided">What is counted, e.g. <c>k, eigenvectors avoided</c>.</param>
    /// <param name="points">k, and the scores there.</param>
    public static string Sweep(string title, (string Keep, string Ablate, string Mixed) names, string avoided, IReadOnlyList<(int Count, SteeringPoint Chosen)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        Series[] Lines(Func<SetScore, double> value) => [.. Sets(names, [.. points.Select(point => ((double)point.Count, point.Chosen))], value)];
        return ChartSvg.Of(title,
        [
            new Chart("Loss at the step chosen by training data", new Axis(avoided) { Minimum = 0 }, new Axis("cross-entropy") { Scale = AxisScale.Logarithmic }, Lines(score => score.Loss)),
            new Chart("Accuracy there", new Axis(avoided) { Minimum = 0 }, new Axis("accuracy") { Minimum = 0, Maximum = 1 }, Lines(score => score.Accuracy))
            { Notes = ["More avoided directions keep more and leave less to steer with."] },
        ], columns: 2);
    }

    /// <summary>A line for each set that there is: keep, mixed, ablate.</summary>
    private static IEnumerable<Series> Sets(
        (string Keep, string Ablate, string Mixed) names, IReadOnlyList<(double Across, SteeringPoint Point)> points, Func<SetScore, double> value)
    {
        LineSeries Line(string name, Func<SteeringPoint, SetScore?> set) => new(
            name, [.. points.Where(point => set(point.Point) is not null).Select(point => new ChartPoint(point.Across, value(set(point.Point)!)))]);
        yield return Line($"{names.Keep}, to keep", point => point.Keep);
        if (points.Count > 0 && points[0].Point.Mixed is not null)
            yield return Line(names.Mixed, point => point.Mixed);
        yield return Line($"{names.Ablate}, to ablate", point => point.Ablate);
    }
}
