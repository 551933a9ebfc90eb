using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>One method on one model: what was measured.</summary>
/// <param name="Key">Identity; see <see cref="CaseKey"/>.</param>
/// <param name="Kind"><c>decomposition</c>, <c>stability</c>, <c>equivariance</c>, <c>numerics</c>, <c>steering</c> or <c>sphere</c>.</param>
/// <param name="Role">Why it stands in the table; only methods carry verdicts.</param>
/// <param name="ThetaHash">SHA-256 of θ as the method saw it, in hexadecimal.</param>
/// <param name="Values">The checks.</param>
/// <param name="Cost">What it took.</param>
/// <param name="Replay">A command line that runs this case alone.</param>
public sealed record CaseLine(
    CaseKey Key, string Kind, MethodRole Role, string ThetaHash, IReadOnlyList<CheckValue> Values, CaseCost Cost, string Replay) : RunLine
{
    /// <summary>Why a method's answer has the scores that it has, see <see cref="Findings"/>; null: nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Findings { get; init; }

    /// <summary>What each planted subnetwork contributes to the scores of a method's answer; null: nothing is planted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PlantReading>? Plants { get; init; }

    /// <summary>The <see cref="Kind"/> of a graded decomposition.</summary>
    public const string Decomposition = "decomposition";

    /// <summary>The <see cref="Kind"/> of a method's line over all its seeds on one model in one disguise.</summary>
    public const string Stability = "stability";

    /// <summary>The <see cref="Kind"/> of a method's answers to equivalent questions about one model.</summary>
    public const string Equivariance = "equivariance";

    /// <summary>The value of a check, or null where the case does not have it.</summary>
    public CheckValue? Value(string check) => Values.FirstOrDefault(value => value.Check == check);

    /// <summary>The worst verdict of its checks; null where none carries one.</summary>
    public Verdict? MergedVerdict() => Verdicts.Merge(Values.Select(value => value.Verdict).OfType<Verdict>());
}
