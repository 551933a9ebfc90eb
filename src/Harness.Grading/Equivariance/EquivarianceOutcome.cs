namespace Harness.Grading;

/// <summary>What a rule found.</summary>
/// <param name="Distance">How far apart the two answers are, see <see cref="DecompositionDistance"/>; null when skipped.</param>
/// <param name="First">Number of subnetworks of the first answer.</param>
/// <param name="Second">Number of subnetworks of the second.</param>
/// <param name="Skipped">Why the rule does not apply; null when it does.</param>
public sealed record EquivarianceOutcome(double? Distance, int First, int Second, string? Skipped);
