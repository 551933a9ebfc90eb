namespace Harness.Grading.Tests;

/// <summary>Made-up lines of a run record.</summary>
internal static class Samples
{
    public static HeaderLine Header { get; } = new(
        RunJson.Schema,
        new ToolDescription("0.1.0", "abc1234", false),
        new EnvironmentDescription("x86_64", "Linux", "cpu", "float64", 1, "openblas", "1.13.1", null),
        ["harness", "grade"],
        new SuiteDescription("quick", "1"),
        [0, 1],
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static CaseLine Case(string model, string method, MethodRole role, params CheckValue[] values) => new(
        new CaseKey(model, 0, "none", method, "00000000", 0), CaseLine.Decomposition, role, new string('a', 64), values,
        new CaseCost(0.5, 3, null, 12.5), "./harness grade");
}
