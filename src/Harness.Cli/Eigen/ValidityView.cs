using Harness.Numerics;

namespace Harness.Cli;

/// <summary>
/// How the validity radii of <c>harness eigen --json</c> came about: one entry per pair in every list; null where a number does not exist. <c>Reach</c> is
/// the longest step looked at, ‖θ‖; <c>LeastSteps</c> the shortest that rounding leaves measurable; <c>RatiosBeyond</c> curvature over eigenvalue at
/// the first step that failed; gates flipped are those that changed sides by the radius in either direction.
/// </summary>
internal sealed record ValidityView(
    double Factor, double? Reach, IReadOnlyList<ValidityOutcome> Outcomes, IReadOnlyList<double?> LeastSteps, IReadOnlyList<double?> RatiosBeyond,
    IReadOnlyList<long?> GatesFlipped, IReadOnlyList<double?> GatesFlippedShare, long? Gates, long Gradients, string? Reason)
{
    internal static ValidityView Of(EigenValidity validity)
    {
        var radii = validity.Radii ?? [];
        GateFlips? Flips(ValidityRadius radius) => radius.Radius is null ? null : radius.Flips;
        return new ValidityView(
            Tolerances.ValidityFactor, Number(validity.Reach), [.. radii.Select(radius => radius.Outcome)],
            [.. radii.Select(radius => Number(radius.LeastStep))], [.. radii.Select(radius => radius.RatioBeyond)],
            [.. radii.Select(radius => Flips(radius)?.Flipped)], [.. radii.Select(radius => Flips(radius)?.Share)],
            radii.Select(Flips).FirstOrDefault(flips => flips is not null)?.Total, validity.Gradients, validity.Reason);
    }

    private static double? Number(double value) => double.IsFinite(value) ? value : null;
}
