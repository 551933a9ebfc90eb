namespace Harness.Reporting;

/// <summary>A point of a series, with the range its value may be in.</summary>
/// <param name="X">Position; on an axis with categories the category's number.</param>
/// <param name="Y">Value.</param>
/// <param name="Low">Lower end of the error band or bar; null where there is none.</param>
/// <param name="High">Upper end; null where there is none.</param>
/// <param name="Note">Further words for the tooltip.</param>
public readonly record struct ChartPoint(double X, double Y, double? Low = null, double? High = null, string? Note = null);
