namespace Harness.Numerics;

/// <summary>What was spent on looking for missed eigenvalues, and what it found.</summary>
/// <param name="SweepProducts">Products of completeness sweeps.</param>
/// <param name="ProofProducts">Products that wrote the matrix out for a proof; 0 without one.</param>
/// <param name="Missed">Eigenvalues that the iteration had missed and a sweep found; they are among the answer, or pushed others out of it.</param>
public sealed record CompletenessEffort(long SweepProducts, long ProofProducts, int Missed)
{
    /// <summary>Nothing was spent: the method sees the whole spectrum anyway.</summary>
    public static CompletenessEffort None { get; } = new(0, 0, 0);
}
