using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>The outcome of one check.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>The bar is met.</summary>
    [JsonStringEnumMemberName("pass")]
    Pass,

    /// <summary>The bar is missed.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,

    /// <summary>Too few seeds, or no signal.</summary>
    [JsonStringEnumMemberName("undecided")]
    Undecided,

    /// <summary>Not applicable, or no bar can be trusted; the reason says why.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>The method crashed, timed out, or returned something that is no answer.</summary>
    [JsonStringEnumMemberName("errored")]
    Errored,
}
