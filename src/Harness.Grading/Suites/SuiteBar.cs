namespace Harness.Grading;

/// <summary>A bar that a suite sets itself, in place of the one half-way between the best null and the oracle.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Check">Name of the check, e.g. <c>recovery.directions</c>.</param>
/// <param name="Value">The least score that passes.</param>
/// <param name="Reason">Why the usual bar would be wrong there; shown with every verdict.</param>
public sealed record SuiteBar(string Model, string Check, double Value, string Reason);
