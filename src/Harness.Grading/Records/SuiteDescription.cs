namespace Harness.Grading;

/// <summary>Which suite ran.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; scores of different versions are not compared.</param>
public sealed record SuiteDescription(string Name, string Version);
