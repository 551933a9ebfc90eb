using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Cli;

/// <summary>How <c>--json</c> writes: camel case, indented, non-finite numbers as "NaN", "Infinity" and "-Infinity".</summary>
public static class JsonDocumentWriter
{
    /// <summary>The serializer options of every document that the program prints.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        // The output is a document of its own, never part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    /// <summary>Writes one document and a line end.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="document">Any object that System.Text.Json can write: a record, a dictionary, a <c>JsonNode</c>.</param>
    public static void Write(TextWriter output, object document)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(document);
        output.WriteLine(JsonSerializer.Serialize(document, document.GetType(), Options));
    }
}
