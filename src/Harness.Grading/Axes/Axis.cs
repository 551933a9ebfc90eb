namespace Harness.Grading;

/// <summary>
/// A way to look at an answer beside recovery. Its number is reported next to the oracle's and the best null's on the same model and carries no verdict:
/// recovery decides, the other axes explain.
/// </summary>
/// <param name="Check">Stable name, e.g. <c>faithfulness.sum</c>.</param>
/// <param name="Summary">What it measures, in a sentence.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Read">Measures an answer, or says why it does not apply. Deterministic.</param>
/// <remarks>grading.md, axes 2–9.</remarks>
public sealed record Axis(string Check, string Summary, CheckDirection Direction, Func<GradedAnswer, AxisReading> Read);
