using System.Text.Json;
using System.Text.RegularExpressions;

namespace Harness.Grading.Tests;

/// <summary>The part of JSON Schema that the run record's schema uses; any other keyword is an error, so that none is silently ignored.</summary>
internal sealed class SchemaValidator(string schema)
{
    private readonly JsonElement _root = JsonDocument.Parse(schema).RootElement;

    /// <summary>What is wrong with a document; empty: nothing.</summary>
    public IReadOnlyList<string> Errors(string json) => [.. Errors(_root, JsonDocument.Parse(json).RootElement, "$")];

    private IEnumerable<string> Errors(JsonElement schema, JsonElement value, string path) =>
        schema.EnumerateObject().SelectMany(keyword => Errors(schema, keyword, value, path));

    private IEnumerable<string> Errors(JsonElement schema, JsonProperty keyword, JsonElement value, string path)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$schema" or "$id" or "title" or "$defs":
                return [];
            case "$ref":
                return Errors(_root.GetProperty("$defs").GetProperty(rule.GetString()!["#/$defs/".Length..]), value, path);
            case "oneOf" or "anyOf":
                var attempts = rule.EnumerateArray().Select(option => Errors(option, value, path).ToList()).ToList();
                var fits = attempts.Count(errors => errors.Count == 0);
                return fits == 1 || (fits > 1 && keyword.Name == "anyOf") ? [] : [$"{path}: fits {fits} of {attempts.Count} ({string.Join("; ", attempts.Where(e => e.Count > 0).MinBy(e => e.Count) ?? [])})"];
            case "const":
                return JsonElement.DeepEquals(rule, value) ? [] : [$"{path}: expected {rule}"];
            case "enum":
                return rule.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value)) ? [] : [$"{path}: {value} is none of {rule}"];
            case "type":
                var types = rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Select(type => type.GetString()) : [rule.GetString()];
                return types.Any(type => IsOf(type!, value)) ? [] : [$"{path}: {value.ValueKind} is not {rule}"];
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble() ? [] : [$"{path}: below {rule}"];
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!) ? [] : [$"{path}: '{value}' does not match {rule}"];
            case "items":
                return value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((item, k) => Errors(rule, item, $"{path}[{k}]"));
            case "required":
                return value.ValueKind != JsonValueKind.Object ? [] : rule.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path}: lacks {name}");
            case "properties":
                return value.ValueKind != JsonValueKind.Object ? [] : rule.EnumerateObject()
                    .SelectMany(property => value.TryGetProperty(property.Name, out var member) ? Errors(property.Value, member, $"{path}.{property.Name}") : []);
            case "additionalProperties":
                if (value.ValueKind != JsonValueKind.Object)
                    return [];
                var others = value.EnumerateObject().Where(member => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(member.Name, out _));
                return rule.ValueKind == JsonValueKind.False
                    ? others.Select(member => $"{path}: unknown member {member.Name}")
                    : others.SelectMany(member => Errors(rule, member.Value, $"{path}.{member.Name}"));
            default:
                throw new NotSupportedException($"The schema uses '{keyword.Name}', which this validator does not know.");
        }
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == decimal.Truncate(number),
        _ => throw new NotSupportedException(type),
    };
}
