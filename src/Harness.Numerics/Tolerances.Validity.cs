namespace Harness.Numerics;

public static partial class Tolerances
{
    /// <summary>
    /// A curvature within this factor of λ, either way, counts as the one that λ promises: 1.5. A step chosen by the second order is then off by less
    /// than the usual halving or doubling of a step.
    /// </summary>
    public const double ValidityFactor = 1.5;

    /// <summary>How well a validity radius is known: a step longer by this factor fails, 1.05. Below the scatter of radii between seeds.</summary>
    public const double ValidityResolution = 1.05;

    /// <summary>
    /// Largest error of a measured curvature, relative to λ, that a judgement by <see cref="ValidityFactor"/> may rest on: 1/20. The error is measured
    /// from two differences only and may be understated; it takes 6 times as much to move 1 beyond 1/1.5.
    /// </summary>
    public const double ValidityNoise = 1.0 / 20;
}
