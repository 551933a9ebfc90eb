namespace Harness.Numerics;

/// <summary>
/// Every tolerance of the project, each with its derivation. u is the unit roundoff of the working precision; η is the measured noise of an operator's
/// product, relative to its norm: the largest <c>‖H_lo v − H_64 v‖/‖H‖</c> over random probes and the returned vectors.
/// </summary>
public static partial class Tolerances
{
    /// <summary>u of float64: 2⁻⁵³ ≈ 1.1e-16.</summary>
    public const double UnitRoundoff64 = 1.0 / (1L << 53);

    /// <summary>u of float32: 2⁻²⁴ ≈ 6.0e-8.</summary>
    public const double UnitRoundoff32 = 1.0 / (1 << 24);

    /// <summary>
    /// Largest allowed entry of <c>|VVᵀ − I|</c> for V <c>[m, n]</c>: <c>10·max(m, √n)·u</c>. LAPACK's ratio is ‖VVᵀ − I‖/(m·u) ≤ 10; the dot products
    /// of length n that measure it add a random walk of √n roundings of their own.
    /// </summary>
    public static double Orthonormality(long rows, long columns) => OrthonormalityRatio * Math.Max(rows, Math.Sqrt(columns)) * UnitRoundoff64;

    /// <summary>LAPACK's threshold for ratios of an error to the rounding it can come from: 10.</summary>
    public const double OrthonormalityRatio = 10;

    /// <summary>
    /// Relative singular value below which a direction of <c>[k, n]</c> rows counts as dependent: <c>2·max(k, n)·u</c>, the backward error of the
    /// decomposition (as in LINPACK and numpy's <c>matrix_rank</c>, whose ε is 2u).
    /// </summary>
    public static double Rank(long rows, long columns) => 2 * Math.Max(rows, columns) * UnitRoundoff64;

    /// <summary>
    /// Largest <c>|A − Aᵀ|</c> relative to <c>max |A|</c> at which a written-out matrix counts as symmetric: <c>4·n·u</c>, what remains when an entry and
    /// its mirror image are two dot products of length n.
    /// </summary>
    public static double MatrixSymmetry(long dimension) => 4 * dimension * UnitRoundoff64;

    /// <summary>
    /// Error of a principal angle between orthonormal bases of ℝⁿ, in radians: the arctangent of a sine–cosine pair passes on the error of the smaller of
    /// the two undamped, and that is a singular value of a matrix known to the bases' own <see cref="Orthonormality"/>.
    /// </summary>
    public static double Angle(long dimension) => 2 * Orthonormality(dimension, dimension);

    /// <summary>
    /// η assumed of a float64 product where none was measured: 64u. A product passes through a few layers of dot products with some hundred terms, whose
    /// roundings add like a random walk (√256 = 16 per layer, four layers).
    /// </summary>
    public const double AssumedNoise64 = 64 * UnitRoundoff64;

    /// <summary>
    /// Largest η expected of float32 products of a small network at a random point: 100·64u₃₂. 64u as in float64, and activations (squared, even) that
    /// amplify the rounding of pre-activations by up to 100.
    /// </summary>
    public const double AssumedNoise32 = 100 * 64 * UnitRoundoff32;

    /// <summary>
    /// Error of an eigenvalue that weight decay μ should have moved by μ, relative to the larger norm: <c>2η</c>, η for either spectrum; no product is new.
    /// </summary>
    public static double EigenvalueShift(double noise) => 2 * noise;

    /// <summary>
    /// Two ways to compute the same product may differ by <c>4η</c> relative to the operator's norm: η for each, doubled because both η are maxima over
    /// a few probes only.
    /// </summary>
    public static double SameProduct(double noise) => 4 * noise;

    /// <summary>Least slope of the first-order Taylor remainder: 2 in theory, less the next order at a step of 2⁻⁷ or so.</summary>
    public const double TaylorSlopeGradient = 1.9;

    /// <summary>Least slope of the second-order Taylor remainder: 3 in theory, less the next order.</summary>
    public const double TaylorSlopeCurvature = 2.9;

    /// <summary>
    /// A Taylor remainder below this share of the terms it is a difference of counts as roundoff: 1e4·64u ≈ 7e-11, so that roundoff moves the slope
    /// between two remainders by less than 1e-3.
    /// </summary>
    public const double TaylorRoundoff = 1e4 * AssumedNoise64;

    /// <summary>
    /// Parameters made again from a recipe on another machine, largest difference relative to the largest entry: 1e-9. Closed forms differ by a few u
    /// (another libm), fixture weights by nothing; any change of the recipe moves them by far more.
    /// </summary>
    public const double RebuiltParameters = 1e-9;

    /// <summary>
    /// How far apart a method's answers to equivalent questions may be (units permuted, samples reordered), as the sine of an angle or a relative norm:
    /// 1e-5, ten times the eigensolvers' default tolerance, which bounds the angle of an eigenvector.
    /// </summary>
    public const double EquivalentAnswers = 1e-5;

    /// <summary>Step of a central difference: 1e-5, near the u^(1/3) = 5e-6 at which truncation and cancellation are alike.</summary>
    public const double DifferenceStep = 1e-5;

    /// <summary>
    /// Error of a central difference at <see cref="DifferenceStep"/>, relative to the function's size: 1e-7. Truncation is h²/6 = 2e-11 times the third
    /// derivative, which squares and products of layers bring to some thousands; cancellation is u/h = 1e-11 times a few.
    /// </summary>
    public const double CentralDifference = 1e-7;
}
