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
        var steps = new Axis("λ", "share of ‖θ*‖") { Minimum = 0, Maximum = curve.Points[^1].Lambda / norm };
        LineSeries Line(string name, Func<SteeringPoint, SetScore?> set, Func<SetScore, double> value) => new(
            name, [.. curve.Points.Where(point => set(point) is not null).Select(point => new ChartPoint(point.Lambda / norm, value(set(point)!)))]);
        Series[] Lines(Func<SetScore, double> value) =>
        [
            Line($"{names.Keep}, to keep", point => point.Keep, value),
            .. curve.Origin.Mixed is null ? Array.Empty<Series>() : [Line(names.Mixed, point => point.Mixed, value)],
            Line($"{names.Ablate}, to ablate", point => point.Ablate, value),
            .. chosen is { } step ? new Series[] { new ReferenceLine("step chosen by training data", step / norm, IsVertical: true) } : [],
        ];
        var notes = validity?.Radius is { } radius
            ? new[] { $"Curvature along the direction on {names.Ablate} is within a factor 1.5 of its value at θ* up to λ = {NumberText.Brief(radius / norm)} ‖θ*‖." }
            : [];
        return ChartSvg.Of(title,
        [
            new Chart("Loss", steps, new Axis("cross-entropy"), Lines(score => score.Loss)) { Notes = notes },
            new Chart("Accuracy", steps, new Axis("accuracy") { Minimum = 0, Maximum = 1 }, Lines(score => score.Accuracy)),
        ]);
    }

    /// <summary>Kept and ablated held-out accuracy at the chosen step, against k (or q).</summary>
    /// <param name="title">Of what.</param>
    /// <param name="names">Names of the kept and ablated set.</param>
    /// <param name="avoided">What is counted, e.g. <c>k, eigenvectors avoided</c>.</param>
    /// <param name="points">k, kept accuracy, ablated accuracy.</param>
    public static string Sweep(string title, (string Keep, string Ablate) names, string avoided, IReadOnlyList<(int Count, double Keep, double Ablate)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        LineSeries Line(string name, Func<(int Count, double Keep, double Ablate), double> value) => new(name, [.. points.Select(point => new ChartPoint(point.Count, value(point)))]);
        return ChartSvg.Of(title,
        [
            new Chart("Accuracy at the step chosen by training data", new Axis(avoided) { Minimum = 0 }, new Axis("accuracy") { Minimum = 0, Maximum = 1 },
                [Line($"{names.Keep}, to keep", point => point.Keep), Line($"{names.Ablate}, to ablate", point => point.Ablate)])
            { Notes = ["More avoided directions keep more and leave less to steer with."] },
        ]);
    }
}
