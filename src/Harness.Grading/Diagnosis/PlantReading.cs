namespace Harness.Grading;

/// <summary>What an answer is worth for one planted subnetwork.</summary>
/// <param name="Name">What the subnetwork computes.</param>
/// <param name="Values">
/// Its numbers by name, those of which the scores are sums and means: <c>recovery.directions</c> (R, 0 where it was not found) with <c>.submitted</c>
/// (which one was matched), <c>.containment</c>, <c>.coverage</c>, <c>.extent</c> and <c>.share/TENSOR</c>; <c>recovery.components</c> with <c>.dice</c>; and every axis that
/// is a mean over planted subnetworks. What does not apply is left out.
/// </param>
public sealed record PlantReading(string Name, IReadOnlyDictionary<string, double> Values);
