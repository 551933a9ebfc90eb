namespace Harness.Numerics;

/// <summary>Eigenvalues that the residuals cannot tell apart. Only the subspace their vectors span has a meaning.</summary>
/// <param name="Members">Positions in the result, ascending; a single well-separated pair is a cluster of one.</param>
/// <param name="IsCut">Whether further eigenvalues that were not asked for belong to it; then not even the subspace is determined.</param>
public sealed record EigenCluster(IReadOnlyList<int> Members, bool IsCut);
