namespace Harness.Numerics;

/// <summary>How far from θ, along an eigenvector and back, its eigenvalue is the curvature of the function.</summary>
/// <param name="Outcome">How the search ended.</param>
/// <param name="Radius">
/// The largest step, known to <see cref="Tolerances.ValidityResolution"/>; 0 if already the shortest one fails; null if there is none to speak of.
/// </param>
/// <param name="LeastStep">The shortest step at which rounding leaves the curvature measurable.</param>
/// <param name="RatioBeyond">Curvature over λ at the first step found to fail, at most twice the radius; null if none failed.</param>
/// <param name="Flips">Gates that change sides by the radius, in either direction; by <paramref name="LeastStep"/> if that fails already.</param>
public sealed record ValidityRadius(ValidityOutcome Outcome, double? Radius, double LeastStep, double? RatioBeyond, GateFlips Flips);
