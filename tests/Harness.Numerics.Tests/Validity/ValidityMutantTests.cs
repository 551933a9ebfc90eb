namespace Harness.Numerics.Tests.Validity;

/// <summary>Each faulty radius is rejected by the check meant for it; the same code without a flaw passes all.</summary>
public class ValidityMutantTests
{
    [Theory]
    [InlineData(ValidityFlaw.OneSided, "quartic")]
    [InlineData(ValidityFlaw.AboveOnly, "quartic")]
    [InlineData(ValidityFlaw.BelowOnly, "quartic")]
    [InlineData(ValidityFlaw.StepNotNormalised, "quartic")]
    [InlineData(ValidityFlaw.AbsoluteDeviation, "quartic")]
    [InlineData(ValidityFlaw.LastThatHolds, "dip")]
    [InlineData(ValidityFlaw.PlusGatesOnly, "planted kinks: gates")]
    public void A_wrong_radius_is_rejected(ValidityFlaw flaw, string check) => Assert.Equal(check, First(flaw)?.Check);

    [Fact]
    public void Without_a_flaw_the_definition_passes() => Expect.None(First(ValidityFlaw.None));

    private static Violation? First(ValidityFlaw flaw)
    {
        var kinks = PlantedKinks.Create(12, 3);
        ValidityRadius Measure(ISymmetricOperator op) => TextbookValidity.Of(op, flaw);
        return ValidityChecks.Quartic(Measure, 1e-3, 0.1, 1)
            ?? ValidityChecks.Quartic(Measure, -2, 0, 300)
            ?? ValidityChecks.Kink(Measure, 5, 0.01, 80)
            ?? Dip(Measure)
            ?? ValidityChecks.Gates(kinks, Measure(kinks.ByFormula(flaw == ValidityFlaw.PlusGatesOnly)));
    }

    /// <summary>A curvature that is outside around |x| = 0.1 and returns: the radius is before the dip, not after.</summary>
    private static Violation? Dip(Func<ISymmetricOperator, ValidityRadius> measure)
    {
        var radius = measure(new Polynomial(1, Quartic: -200, Jump: 20, Kink: 0.11));
        return Violation(radius.Radius ?? 0, Math.Sqrt(2.0 / 200));
    }

    private static Violation? Violation(double measured, double expected) =>
        measured <= expected * 1.001 && measured >= expected / Tolerances.ValidityResolution ? null : new Violation("dip", measured, expected, "");
}
