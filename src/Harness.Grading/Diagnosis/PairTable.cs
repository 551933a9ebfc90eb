namespace Harness.Grading;

/// <summary>How much of each planted subnetwork is in each submitted one, and the other way round; whatever the column's own terms are.</summary>
/// <param name="Submitted">Index of each row's subnetwork in the answer as handed in.</param>
/// <param name="Extent"><c>[m, n]</c>: share of what matters in plant i that submitted j holds; about 1 for all of it.</param>
/// <param name="Inside"><c>[m, n]</c>: share of submitted j that lies in plant i, 0 … 1.</param>
/// <param name="JointExtent">Share of what matters in a plant that several submitted ones hold together; columns of this table.</param>
internal sealed record PairTable(int[] Submitted, double[,] Extent, double[,] Inside, Func<int, IReadOnlyList<int>, double> JointExtent);
