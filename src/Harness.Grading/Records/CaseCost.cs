namespace Harness.Grading;

/// <summary>What a case took: the method alone, without grading. Null where unknown.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="Gradients">Gradients that were computed.</param>
/// <param name="Products">Hessian-vector products that were computed.</param>
/// <param name="PeakMemoryMiB">Largest resident memory of the whole process while it ran.</param>
public sealed record CaseCost(double? Seconds, long? Gradients, long? Products, double? PeakMemoryMiB);
