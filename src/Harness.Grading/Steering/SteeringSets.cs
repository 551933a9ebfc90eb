using Harness.Models;

namespace Harness.Grading;

/// <summary>The three data sets that a steered network is judged on.</summary>
/// <param name="Keep">A, on which it must stay as it was.</param>
/// <param name="Ablate">B, on which it must fail.</param>
/// <param name="Mixed">Samples with a part of both; null: the model has none.</param>
public sealed record SteeringSets(DataSet Keep, DataSet Ablate, DataSet? Mixed);
