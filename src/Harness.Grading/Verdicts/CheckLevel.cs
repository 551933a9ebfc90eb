using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>How binding a check is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckLevel>))]
public enum CheckLevel
{
    /// <summary>An identity: shapes, finiteness, orthogonality, determinism.</summary>
    [JsonStringEnumMemberName("MUST")]
    Must,

    /// <summary>A score against a bar between the null and the oracle.</summary>
    [JsonStringEnumMemberName("SHOULD")]
    Should,

    /// <summary>A share of seeds against a bar.</summary>
    [JsonStringEnumMemberName("STOCHASTIC")]
    Stochastic,
}
