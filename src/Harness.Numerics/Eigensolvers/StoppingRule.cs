namespace Harness.Numerics;

/// <summary>When a pair has converged.</summary>
internal static class StoppingRule
{
    /// <summary>
    /// The residual to reach: <c>max(4η‖A‖, tol·min(|λ|, gap))</c>, gap being the distance to the nearest Ritz value outside the pair's own cluster. The
    /// gap is what turns a residual into an angle; a rule without it, on the eigenvalue's change or on tol·‖A‖, returns wrong eigenvectors.
    /// </summary>
    /// <param name="tolerance">tol.</param>
    /// <param name="value">λ.</param>
    /// <param name="gap">Distance to the nearest value of another cluster; infinite if there is none.</param>
    /// <param name="resolution">η‖A‖.</param>
    internal static double Limit(double tolerance, double value, double gap, double resolution) =>
        Math.Max(Tolerances.NoiseFloor(resolution), tolerance * Math.Min(Math.Abs(value), gap));
}
