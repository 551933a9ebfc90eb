namespace Harness.Numerics;

/// <summary>
/// Every tolerance of the project, each with its derivation. u is the unit roundoff of the working precision; η is the measured noise of an operator's
/// product, relative to its norm.
/// </summary>
public static class Tolerances
{
    /// <summary>u of float64: 2⁻⁵³ ≈ 1.1e-16.</summary>
    public const double UnitRoundoff64 = 1.0 / (1L << 53);

    /// <summary>u of float32: 2⁻²⁴ ≈ 6.0e-8.</summary>
    public const double UnitRoundoff32 = 1.0 / (1 << 24);
}
