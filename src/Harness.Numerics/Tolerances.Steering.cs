namespace Harness.Numerics;

public static partial class Tolerances
{
    /// <summary>
    /// Largest <c>‖V d‖/‖d‖</c> for a direction d projected off m orthonormal rows V: <c>10·m·u</c>, LAPACK's ratio 10 for the product of m rows with one
    /// vector (methods.md M2). Projecting once leaves u times the length before the projection, so a direction of which little remains is projected again
    /// at its final length.
    /// </summary>
    public static double SteeringOrthogonality(long rows) => OrthonormalityRatio * Math.Max(1, rows) * UnitRoundoff64;

    /// <summary>
    /// By how much two shares of samples that are equal as counts may differ: 1e-9. A weighted mean of up to 1e5 samples is off by less than 1e5·u = 1e-11,
    /// and no sample weighs as little.
    /// </summary>
    public const double EqualShares = 1e-9;

    /// <summary>
    /// Relative error of a sphere's radius, and of what a search must not move, relative to the radius: 1e-12 (methods.md M4). Projections with a few hundred
    /// orthonormal rows are off by <see cref="Orthonormality"/>, 1e-13; a step that ignores the sphere is off by its own length.
    /// </summary>
    public const double OnSphere = 1e-12;
}
