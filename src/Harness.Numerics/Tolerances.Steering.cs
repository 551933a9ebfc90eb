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
    /// Squared singular value, relative to the largest, below which an eigenvector of the Gram matrix of m rows says nothing of the rows: <c>200·m·u</c>. Its
    /// entries are off by m·u of the largest, so at a hundred times that two right singular vectors made from it lean on each other by a hundredth at most,
    /// and a Cholesky factorisation of their products cannot fail.
    /// </summary>
    public static double GramRank(long rows) => 200 * rows * UnitRoundoff64;

    /// <summary>
    /// Least share of a planted branch in a steering direction of its own data set: 0.999. An eigenvector is off by <see cref="EquivalentAnswers"/>, whose
    /// square is 1e-10, and rescaling by factors ½ … 2 stretches that by 16 at most; directions of another set fail it, which a test shows.
    /// </summary>
    public const double PlantedPurity = 0.999;

    /// <summary>
    /// Largest |cosine| between directions of two planted branches that share no parameter, in the undisguised gauge: 1e-3, a hundred times the
    /// <see cref="EquivalentAnswers"/> by which each may lean.
    /// </summary>
    public const double PlantedCosine = 1e-3;

    /// <summary>
    /// By how much a step inside one planted branch may change the accuracy on the other's set: 0.1 point. Nothing changes but rounding, so a sample must
    /// lie on the border of two labels to 1e-6; of 500 none may.
    /// </summary>
    public const double PlantedKeptChange = 1e-3;

    /// <summary>
    /// In reports to two digits, what is smaller than this is zero: 1e-12, where cosines and shares that vanish are rounding of any size, some hundred u.
    /// </summary>
    public const double ReportedZero = 1e-12;

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
