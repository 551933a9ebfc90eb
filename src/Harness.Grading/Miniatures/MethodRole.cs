using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>Why an answer stands in a table. Only methods are judged; the others say what the numbers mean.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MethodRole>))]
public enum MethodRole
{
    /// <summary>A method under test.</summary>
    [JsonStringEnumMemberName("method")]
    Method,

    /// <summary>A simple method that every other one has to beat; it is given what methods are given, and is not judged.</summary>
    [JsonStringEnumMemberName("baseline")]
    Baseline,

    /// <summary>The truth itself in some form; must score 1.</summary>
    [JsonStringEnumMemberName("oracle")]
    Oracle,

    /// <summary>The truth with a known fault; must score between the oracle and the nulls, in a known order.</summary>
    [JsonStringEnumMemberName("control")]
    Control,

    /// <summary>An answer that knows nothing of the truth; must not clear the bar.</summary>
    [JsonStringEnumMemberName("null")]
    Null,
}
