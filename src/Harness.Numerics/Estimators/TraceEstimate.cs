namespace Harness.Numerics;

/// <summary>An estimated trace.</summary>
/// <param name="Trace">Its value and standard error; the error is 0 where the trace was computed exactly.</param>
/// <param name="Products">Products spent.</param>
public sealed record TraceEstimate(EstimatedValue Trace, long Products);
