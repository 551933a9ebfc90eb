namespace Harness.Numerics;

public static partial class Tolerances
{
    /// <summary>
    /// Share of a density's peak by which a Gaussian quadrature of the smoothed curve may be wrong: 1e-6. With m steps and a width of 1.5/m of the spectrum
    /// the neglected Chebyshev terms fall like <c>exp(−(mσ)²/2)</c>; the last digits are the margin of seven widths at either end of the grid.
    /// </summary>
    public const double DensitySmoothing = 1e-6;

    /// <summary>
    /// By how much the mass under a density curve, summed on its grid, may differ from 1: 1e-8. The trapezoidal rule is exact to e^−300 for a Gaussian at a
    /// spacing of a quarter of its width; what lies more than six widths beyond the outermost nodes is 2e-9.
    /// </summary>
    public const double DensityMass = 1e-8;

    /// <summary>
    /// Nodes of a quadrature closer than this share of the norm are one eigenvalue: 1e-8 = √u. An eigenvalue that a Krylov space has found is known far
    /// better (u·√n); one that it has not is nowhere near.
    /// </summary>
    public const double SameNode = 1e-8;
}
