using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>Which way a check's number is better.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckDirection>))]
public enum CheckDirection
{
    /// <summary>Larger is better.</summary>
    [JsonStringEnumMemberName("higher")]
    Higher,

    /// <summary>Smaller is better.</summary>
    [JsonStringEnumMemberName("lower")]
    Lower,
}
