namespace Harness.Decompositions;

/// <summary>What a steering method is asked for: directions in parameter space that change one data set and leave another alone.</summary>
/// <param name="Keep">Name of the subject's data set A, on which the network must stay as it is.</param>
/// <param name="Ablate">
/// Name of the subject's data set B, on which it must fail. Where only A and a mixture of A and B are known (semi-supervised), it names the mixture, and B
/// is not among the subject's data sets.
/// </param>
public sealed record SteeringTask(string Keep, string Ablate);
