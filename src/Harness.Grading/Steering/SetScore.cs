namespace Harness.Grading;

/// <summary>How a network does on one data set.</summary>
/// <param name="Loss">Weighted mean of the per-sample loss, without weight decay; infinite or NaN where the outputs are.</param>
/// <param name="Accuracy">Weighted share of samples whose largest output is the target's, 0 … 1; a sample with an output that is no number counts as wrong.</param>
public sealed record SetScore(double Loss, double Accuracy);
