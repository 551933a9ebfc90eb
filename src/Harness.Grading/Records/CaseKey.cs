using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>Identity of a case, written <c>model@model seed/disguise|method|options hash|seed</c>. Records are joined by it.</summary>
/// <param name="Model">The model's id; may contain slashes.</param>
/// <param name="ModelSeed">The seed of the plant.</param>
/// <param name="Disguise"><c>none</c>, or a kind and its seed, e.g. <c>permute:0</c>.</param>
/// <param name="Method">The method's selector.</param>
/// <param name="OptionsHash">Hash of whatever else the answer depends on.</param>
/// <param name="Seed">The method's seed.</param>
[JsonConverter(typeof(Converter))]
public sealed record CaseKey(string Model, ulong ModelSeed, string Disguise, string Method, string OptionsHash, ulong Seed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Model}@{ModelSeed}/{Disguise}|{Method}|{OptionsHash}|{Seed}";

    /// <summary>Reads what <see cref="ToString"/> writes. A method's selector may contain the separator.</summary>
    /// <exception cref="FormatException">The text is no key.</exception>
    public static CaseKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('|');
        var at = parts[0].LastIndexOf('@');
        var slash = at < 0 ? -1 : parts[0].IndexOf('/', at);
        if (parts.Length < 4 || slash < 0
            || !ulong.TryParse(parts[0][(at + 1)..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var modelSeed)
            || !ulong.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            throw new FormatException($"'{text}' is no case key; expected 'model@model seed/disguise|method|options hash|seed'.");
        return new CaseKey(parts[0][..at], modelSeed, parts[0][(slash + 1)..], string.Join('|', parts[1..^2]), parts[^2], seed);
    }

    private sealed class Converter : JsonConverter<CaseKey>
    {
        public override CaseKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Parse(reader.GetString() ?? "");
            }
            catch (FormatException exception)
            {
                throw new JsonException(exception.Message, exception);
            }
        }

        public override void Write(Utf8JsonWriter writer, CaseKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
