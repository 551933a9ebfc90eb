using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Decompositions;

namespace Harness.Grading;

/// <summary>Strict JSON documents of the interchange: unknown and missing members are errors that name the file.</summary>
internal static class InterchangeJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    internal static string Write<T>(T document) => JsonSerializer.Serialize(document, s_options) + "\n";

    internal static T Read<T>(string path, string expected)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Text(path, expected), s_options)
                ?? throw new SubmissionException(path, null, $"holds null; expected {expected}.");
        }
        catch (JsonException exception)
        {
            throw new SubmissionException(path, null, $"{exception.Message} Expected {expected}.", exception);
        }
    }

    internal static string Text(string path, string expected) =>
        File.Exists(path) ? File.ReadAllText(path) : throw new SubmissionException(path, null, $"does not exist; expected {expected}.");

    /// <summary>A reader sees the old file or the whole new one, never a part.</summary>
    internal static void WriteAtomically(string path, string text)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
