namespace Harness.Numerics.Tests.Validity;

/// <summary>What a validity radius must be where it has a closed form.</summary>
internal static class ValidityChecks
{
    /// <summary>
    /// <c>½λx² + ⅙cx³ + (1/24)qx⁴</c>: √(3λ/q) where the quartic term adds to λ, √(2|λ/q|) where it takes away; the cubic term must not matter.
    /// </summary>
    internal static Violation? Quartic(Func<ISymmetricOperator, ValidityRadius> measure, double value, double cubic, double quartic)
    {
        var expected = quartic == 0 ? 1 : Math.Min(1, Math.Sqrt((quartic / value > 0 ? 3 : 2) * Math.Abs(value / quartic)));
        var op = new Polynomial(value, cubic, quartic);
        return Near("quartic", expected, measure(op), $"λ = {value:g4}, c = {cubic:g4}, q = {quartic:g4}");
    }

    /// <summary>A jump of the curvature by κ &gt; λ at x = a: <c>a/(1 − λ/κ)</c>.</summary>
    internal static Violation? Kink(Func<ISymmetricOperator, ValidityRadius> measure, double value, double kink, double jump)
    {
        var expected = Math.Min(1, kink / (1 - value / jump));
        return Near("kink", expected, measure(new Polynomial(value, Jump: jump, Kink: kink)), $"λ = {value:g4}, a = {kink:g4}, κ = {jump:g4}");
    }

    /// <summary>Radius and gates of <see cref="PlantedKinks"/>.</summary>
    internal static Violation? Gates(PlantedKinks kinks, ValidityRadius radius) =>
        Near("planted kinks", kinks.Radius, radius, $"{kinks.Samples.Length} samples, kink at {kinks.Kink:g4}")
        ?? (radius.Flips == new GateFlips(kinks.Flipped(radius.Radius!.Value), kinks.Samples.Length)
            ? null
            : new Violation("planted kinks: gates", radius.Flips.Flipped, kinks.Flipped(radius.Radius!.Value), $"of {radius.Flips.Total} gates at {radius.Radius:g4}"));

    /// <summary>At most the true radius, and not below it by more than the resolution; 1e-6 for the rounding of either.</summary>
    private static Violation? Near(string check, double expected, ValidityRadius actual, string detail)
    {
        if (actual.Radius is not { } radius)
            return new Violation(check, double.NaN, expected, $"{actual.Outcome}; {detail}");
        var ratio = radius / expected;
        return ratio is <= 1 + 1e-6 and >= 1 / Tolerances.ValidityResolution - 1e-6
            ? null
            : new Violation(check, radius, expected, detail);
    }
}
