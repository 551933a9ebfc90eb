using Harness.Grading;
using Harness.Numerics;

namespace Harness.Cli;

/// <summary>One direction of the seed equation, followed in both senses.</summary>
/// <param name="Forwards">In the sense +1.</param>
/// <param name="Backwards">In the sense −1.</param>
/// <param name="Validity">How far the curvature on the set to ablate holds along it; null: not measurable.</param>
internal sealed record SteeredDirection(SteeringCurve Forwards, SteeringCurve Backwards, ValidityRadius? Validity);
