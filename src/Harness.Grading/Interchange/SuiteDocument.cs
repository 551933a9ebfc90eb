namespace Harness.Grading;

/// <summary><c>suite.json</c> of an export.</summary>
/// <param name="Schema"><see cref="CurrentSchema"/>.</param>
/// <param name="Tool">Version of the tool that wrote it.</param>
/// <param name="Cases">Names of the case folders.</param>
internal sealed record SuiteDocument(string Schema, string Tool, IReadOnlyList<string> Cases)
{
    internal const string CurrentSchema = "export/1";
    internal const string FileName = "suite.json";
}
