using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>The first line: what ran, where, and on what.</summary>
/// <param name="Schema">Always <see cref="RunJson.Schema"/>.</param>
/// <param name="Tool">The harness.</param>
/// <param name="Environment">The machine.</param>
/// <param name="Command">The command line, word by word.</param>
/// <param name="Suite">The suite.</param>
/// <param name="Seeds">Method seeds.</param>
/// <param name="Started">When it began.</param>
public sealed record HeaderLine(
    string Schema,
    ToolDescription Tool,
    EnvironmentDescription Environment,
    IReadOnlyList<string> Command,
    SuiteDescription Suite,
    IReadOnlyList<ulong> Seeds,
    DateTimeOffset Started) : RunLine
{
    /// <summary>Which part of a run this is; null: all of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunShard? Shard { get; init; }
}
