using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>What became of a number between two runs, the worst first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
public enum ChangeKind
{
    /// <summary>Worse by more than its tolerance, or more often than chance explains.</summary>
    [JsonStringEnumMemberName("regressed")]
    Regressed,

    /// <summary>In the baseline, not in the current run.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>Better by more than its tolerance, or more often than chance explains.</summary>
    [JsonStringEnumMemberName("improved")]
    Improved,

    /// <summary>In the current run, not in the baseline.</summary>
    [JsonStringEnumMemberName("new")]
    New,

    /// <summary>Equal within its tolerance, or as far apart as chance explains.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged,
}
