namespace Harness.Numerics;

/// <summary>Error bounds of Ritz pairs from residuals and gaps.</summary>
internal static class SpectralBounds
{
    /// <summary>
    /// Bounds for the pairs of one cluster. Values: the residual ρ always holds; with a gap δ &gt; 2ρ to all other eigenvalues, <c>ρ²/(δ − ρ)</c> does
    /// (Kato–Temple for one pair; Mathias's quadratic bound for several). Angle: <c>sin Θ ≤ ρ/δ</c> (Davis–Kahan).
    /// </summary>
    /// <param name="residual">ρ: Frobenius norm of the cluster's residuals.</param>
    /// <param name="gap">δ: distance from the cluster's values to every other eigenvalue; not positive if there is none.</param>
    /// <param name="rounding">Absolute rounding error of values and residuals, added to both.</param>
    /// <remarks>
    /// T. Kato, 1949; R. Mathias, "Quadratic residual bounds for the Hermitian eigenvalue problem", 1998; C. Davis, W. Kahan, "The rotation of
    /// eigenvectors by a perturbation III", 1970.
    /// </remarks>
    internal static (double Value, double? Angle) Of(double residual, double gap, double rounding)
    {
        var value = gap > 2 * residual ? Math.Min(residual, residual * residual / (gap - residual)) : residual;
        var sine = (residual + rounding) / gap;
        return (value + rounding, gap > 0 && sine < 1 ? Math.Asin(sine) : null);
    }
}
