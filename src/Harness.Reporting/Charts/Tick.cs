namespace Harness.Reporting;

/// <summary>A place on an axis that bears its number.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">The number in words.</param>
internal readonly record struct Tick(double Value, string Label);
