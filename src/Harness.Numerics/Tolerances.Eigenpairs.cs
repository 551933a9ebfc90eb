namespace Harness.Numerics;

public static partial class Tolerances
{
    /// <summary>
    /// η below which no operator is taken to be: <c>8·√n·u</c>. √n·u is the random walk of roundings in one dot product of length n; an iteration adds
    /// one such walk per restart, and some 60 restarts make 8. An operator that shows no noise on a few probes (a diagonal one, say) is no exception.
    /// </summary>
    public static double LeastNoise(long dimension) => 8 * Math.Sqrt(dimension) * UnitRoundoff64;

    /// <summary>
    /// Smallest residual, relative to ‖H‖, that a stopping rule may ask for, and |λ| that can be told from zero: <c>4η</c>. The residual
    /// of an exact eigenvector is η already; 4 leaves room for the basis and for η being a maximum over a few probes.
    /// </summary>
    public static double NoiseFloor(double noise) => 4 * noise;

    /// <summary>
    /// Largest relative asymmetry of a symmetric operator's products: <c>10η</c>. Each of uᵀAv and vᵀAu carries η; η was measured on other
    /// vectors, which understates it by up to 5 or so.
    /// </summary>
    public static double Asymmetry(double noise) => 10 * noise;

    /// <summary>Eigenvalues closer than this many residuals are one cluster: 10. By Davis–Kahan their vectors may be mixed by an angle of 1/10.</summary>
    public const double ClusterFactor = 10;

    /// <summary>
    /// Error of an eigenvalue from a dense decomposition, relative to ‖A‖: <c>n·u</c>. LAPACK's bound is p(n)·u with a modest p; its tests allow 60n for
    /// the worst of all ratios.
    /// </summary>
    public static double DenseEigenvalue(long dimension) => dimension * UnitRoundoff64;

    /// <summary>
    /// Share of the stopping limit at which an iteration stops on its estimates: ½, so that the explicit residuals, which differ by rounding and by gaps
    /// that have moved since, meet the limit itself.
    /// </summary>
    public const double StoppingMargin = 0.5;

    /// <summary>
    /// Largest <c>‖Hv − λv‖ / (‖H‖·max(tol, η))</c> of a returned pair: 10. The stopping rule asks for less (min(|λ|, gap) ≤ ‖H‖, floor 4η); 10 is
    /// LAPACK's threshold for such ratios.
    /// </summary>
    public const double ResidualRatio = 10;

    /// <summary>Largest difference of a claimed from a true residual, relative to η‖H‖: 10. Two products of the same vector differ by 2η.</summary>
    public const double ClaimedResidualRatio = 10;

    /// <summary>
    /// Largest <c>‖A − VᵀΛV‖₁/‖A‖₁</c> of a full decomposition: <c>60·n·u</c>. The backward error of a stable decomposition is p(n)·u with a modest
    /// p; 60 is the ratio to n·u that LAPACK's own tests of its symmetric solvers let pass.
    /// </summary>
    public static double Reconstruction(long dimension) => 60 * dimension * UnitRoundoff64;

    /// <summary>
    /// What a pass of Gram–Schmidt over all rows may take off a vector, relative to what it leaves, without another pass: 1/10. Let δ be how far the rows
    /// are from orthonormal. A pass that takes a share s leaves a share of at most s·δ from the rows' own error and of (1 + s)·Ku from rounding, K being
    /// that of one dot product; the vector joins the rows, so δ ← δ/10 + 1.1·Ku, which stays below 1.3·Ku for ever. A share that is left to grow past 1
    /// lets δ grow from step to step.
    /// </summary>
    public const double GramSchmidtShare = 0.1;

    /// <summary>
    /// Largest ‖I − VVᵀ‖ from which one Newton step V + (I − VVᵀ)V/2 reaches orthonormal rows: √u. The step leaves ¾ of its square, less than u.
    /// </summary>
    public const double NewtonDefect = 1e-8;

    /// <summary>|cos| above which one vector is a copy of another: ½. Of orthonormal vectors it is at most <see cref="Orthonormality"/>, of ghosts nearly 1.</summary>
    public const double CopyCosine = 0.5;

    /// <summary>
    /// Largest residual relative to λ₁ of the leading pairs of a reference problem at tol 1e-6: 1e-8. The stopping rule asks for tol·gap, and their gaps
    /// are at most a hundredth of λ₁; common tools, which stop at tol·‖H‖ or later, leave 2.8e-2.
    /// </summary>
    public const double ReferenceResidual = 1e-8;

    /// <summary>
    /// Largest error relative to λ₁ of an eigenvalue from float32 products after the final float64 Rayleigh–Ritz step: 1e-6. The error is the square of
    /// a residual near 4η ≈ 1e-5 over a gap near 1e-3; without the step it is η itself times the products' bias, up to 8e-6 measured.
    /// </summary>
    public const double ReferenceEigenvalue32 = 1e-6;
}
