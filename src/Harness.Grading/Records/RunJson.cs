using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>How lines of a run record are written and read.</summary>
public static class RunJson
{
    /// <summary>The schema's name.</summary>
    public const string Schema = "run/1";

    /// <summary>camelCase; nulls are written; numbers that are not finite are the strings "NaN", "Infinity", "-Infinity".</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON Schema (draft 2020-12) of a line.</summary>
    public static string JsonSchema()
    {
        using var stream = typeof(RunJson).Assembly.GetManifestResourceStream("run.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>One line, without the line feed.</summary>
    public static string Write(RunLine line) => JsonSerializer.Serialize(line, Options);

    /// <summary>Reads one line.</summary>
    /// <exception cref="JsonException">It is not a line of this schema.</exception>
    public static RunLine Read(string line)
    {
        var read = JsonSerializer.Deserialize<RunLine>(line, Options) ?? throw new JsonException("The line is null.");
        return read is HeaderLine header && header.Schema != Schema
            ? throw new JsonException($"The record has schema '{header.Schema}', expected '{Schema}'.")
            : read;
    }
}
