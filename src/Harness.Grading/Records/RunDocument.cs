using System.Text.Json;

namespace Harness.Grading;

/// <summary>A run record as one JSON document: <c>{"header", "cases", "footer", "complete"}</c>.</summary>
public static class RunDocument
{
    private static readonly JsonSerializerOptions s_options = new(RunJson.Options) { WriteIndented = true };

    /// <summary>The document. Its footer is null where the record is partial.</summary>
    public static string ToJson(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return JsonSerializer.Serialize(new { record.Header, record.Cases, record.Footer, Complete = record.IsComplete }, s_options);
    }
}
