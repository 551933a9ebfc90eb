namespace Harness.Decompositions;

/// <summary>What a <c>decomposition.safetensors</c> says.</summary>
/// <param name="Case">The case it answers.</param>
/// <param name="Seed">The seed that the method was run with.</param>
/// <param name="Notes">Free text, or null.</param>
/// <param name="Decomposition">The answer. Directions are orthonormalised; all-zero ones have dimension 0.</param>
public sealed record Submission(string Case, ulong Seed, string? Notes, Decomposition Decomposition);
