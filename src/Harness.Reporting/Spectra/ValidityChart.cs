using Harness.Numerics;

namespace Harness.Reporting;

/// <summary>How far each eigenvalue is the curvature of the loss: radii on a logarithmic axis, those without an end and those that never began marked.</summary>
internal static class ValidityChart
{
    internal static Chart Of(EigenValidity validity, IReadOnlyList<ValidityRadius> radii, Spans clusters, Axis rank)
    {
        ScatterSeries Marked(string name, ValidityOutcome outcome, Func<ValidityRadius, double> at) => new(name,
            [.. radii.Select((radius, i) => (radius, i)).Where(pair => pair.radius.Outcome == outcome)
                .Select(pair => new ChartPoint(pair.i + 1, at(pair.radius), Note: Note(pair.radius)))]);
        ScatterSeries[] marks =
        [
            Marked("valid to this step", ValidityOutcome.Left, radius => radius.Radius!.Value),
            Marked("valid as far as was looked", ValidityOutcome.Held, radius => radius.Radius!.Value),
            Marked("NOT valid even here", ValidityOutcome.NeverHeld, radius => radius.LeastStep),
        ];
        return new Chart("How far the second order holds", rank, new Axis("step along ±v") { Scale = AxisScale.Logarithmic },
        [
            clusters with { Name = "" },
            new ReferenceLine("‖θ‖", validity.Reach),
            .. marks.Where(series => series.Values.Count > 0),
        ])
        {
            PlotHeight = 180,
            Subtitle = $"Up to there the loss curves by λ to within a factor {NumberText.Short(Tolerances.ValidityFactor)}.{Gates(radii)}",
            Notes = Without(radii),
        };
    }

    private static string Note(ValidityRadius radius)
    {
        var gates = radius.Flips.Total == 0 ? "" : $"; {radius.Flips.Flipped} of {radius.Flips.Total} gates flipped by then";
        return $"{(radius.RatioBeyond is { } ratio ? $"beyond, the curvature is {NumberText.Brief(ratio)} λ" : "the curvature never left it")}{gates}";
    }

    private static string Gates(IReadOnlyList<ValidityRadius> radii)
    {
        var flips = radii.Where(radius => radius.Radius is not null && radius.Flips.Total > 0).Select(radius => radius.Flips).ToList();
        return flips.Count == 0
            ? ""
            : $" By then {flips.Min(flip => flip.Flipped)} to {flips.Max(flip => flip.Flipped)} of {flips[0].Total} gates (a unit on a sample) have changed sides.";
    }

    private static IReadOnlyList<string> Without(IReadOnlyList<ValidityRadius> radii) =>
        radii.Count(radius => radius.Radius is null) is var count and > 0
            ? [$"{count} of {radii.Count} eigenvalues have no radius: they cannot be told from zero, or rounding drowns the curvature."]
            : [];
}
