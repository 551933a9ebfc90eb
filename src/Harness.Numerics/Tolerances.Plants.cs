namespace Harness.Numerics;

public static partial class Tolerances
{
    /// <summary>
    /// Distance from its kink at which float32 knows on which side a pre-activation is: <c>32·u₃₂</c> ≈ 2e-6. A sum of two weights and a bias, each of size
    /// up to ten, is rounded three times, by at most 10·u₃₂ each.
    /// </summary>
    public const double SideOfKink32 = 32 * UnitRoundoff32;

    /// <summary>
    /// Largest gradient at a minimum that Newton's method has found, relative to that at zero: 4·64u, the rounding of a gradient in either place; the last
    /// step squares an error that is smaller than that.
    /// </summary>
    public const double StationaryGradient = 4 * AssumedNoise64;
}
