namespace Harness.Decompositions;

/// <summary>What a method says of itself.</summary>
/// <param name="Name">Stable name, lower-case with dashes, e.g. <c>weight-svd</c>.</param>
/// <param name="Version">Version of the implementation.</param>
/// <param name="Summary">One sentence: what it does, and the source (paper, equation).</param>
/// <param name="IsStochastic">Whether the answer depends on the seed.</param>
public sealed record MethodInfo(string Name, string Version, string Summary, bool IsStochastic);
