using System.Text.Json;
using System.Text.Unicode;

namespace Harness.Models;

/// <summary>
/// Reads the JSON header token by token: a document model would keep the last of two equal keys and say nothing. Knows nothing of the
/// data buffer; <see cref="SafetensorsBuffer"/> checks the entries against it.
/// </summary>
internal ref struct SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    private readonly string _file;
    private Utf8JsonReader _json;

    private SafetensorsHeader(string file, ReadOnlySpan<byte> header)
    {
        _file = file;
        _json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 3 });
    }

    /// <summary>Where the header starts in the file: behind its length.</summary>
    public const int Start = sizeof(ulong);

    /// <summary>Reads metadata and entries, in the header's order.</summary>
    public static (Dictionary<string, string> Metadata, List<SafetensorsEntry> Entries) Read(string file, ReadOnlySpan<byte> header)
    {
        if (!Utf8.IsValid(header))
            throw new SafetensorsException(SafetensorsViolation.HeaderNotUtf8, file, null, Start, "the header is not valid UTF-8");
        if (header.IsEmpty || header[0] != '{')
            throw new SafetensorsException(
                SafetensorsViolation.HeaderNotObject, file, null, Start,
                header.IsEmpty ? "the header is empty; expected a JSON object" : $"the header starts with '{(char)header[0]}'; expected '{{'");
        var reader = new SafetensorsHeader(file, header);
        try
        {
            return reader.ReadAll();
        }
        // GetString reports an escaped half of a surrogate pair as an invalid operation.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new SafetensorsException(
                SafetensorsViolation.HeaderNotJson, file, null, reader.Position, $"the header is not valid JSON: {exception.Message}", exception);
        }
    }

    private readonly long Position => Start + _json.TokenStartIndex;

    private (Dictionary<string, string> Metadata, List<SafetensorsEntry> Entries) ReadAll()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<SafetensorsEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        _json.Read();
        while (NextKey(null) is { } name)
        {
            if (!keys.Add(name))
                throw Fail(SafetensorsViolation.DuplicateKey, name, $"the header has the key '{name}' twice");
            if (name == MetadataKey)
                ReadMetadata(metadata);
            else
                entries.Add(ReadEntry(name));
        }
        _json.Read(); // throws when something follows the object; spaces may
        return (metadata, entries);
    }

    private void ReadMetadata(Dictionary<string, string> metadata)
    {
        if (!IsNext(JsonTokenType.StartObject))
            throw Fail(SafetensorsViolation.MetadataNotStrings, null, $"{MetadataKey} is {_json.TokenType}; expected an object of strings");
        while (NextKey(null) is { } key)
        {
            if (!IsNext(JsonTokenType.String))
                throw Fail(SafetensorsViolation.MetadataNotStrings, null, $"{MetadataKey}['{key}'] is {_json.TokenType}; expected a string");
            if (!metadata.TryAdd(key, _json.GetString()!))
                throw Fail(SafetensorsViolation.DuplicateKey, null, $"{MetadataKey} has the key '{key}' twice");
        }
    }

    private SafetensorsEntry ReadEntry(string tensor)
    {
        if (!IsNext(JsonTokenType.StartObject))
            throw Fail(SafetensorsViolation.MalformedField, tensor, $"the entry is {_json.TokenType}; expected an object");
        var start = Position;
        SafetensorsType? type = null;
        long[]? shape = null, offsets = null;
        while (NextKey(tensor) is { } field)
        {
            switch (field)
            {
                case "dtype" when type is null:
                    type = ReadType(tensor);
                    break;
                case "shape" when shape is null:
                    shape = ReadIntegers(tensor, field);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadIntegers(tensor, field);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Fail(SafetensorsViolation.DuplicateKey, tensor, $"the entry has the key '{field}' twice");
                default:
                    throw Fail(SafetensorsViolation.UnknownField, tensor, $"the entry has the key '{field}'; expected dtype, shape, data_offsets");
            }
        }
        if (type is null || shape is null || offsets is null)
        {
            var missing = type is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw new SafetensorsException(SafetensorsViolation.MissingField, _file, tensor, start, $"the entry lacks '{missing}'");
        }
        if (offsets.Length != 2)
            throw new SafetensorsException(
                SafetensorsViolation.MalformedField, _file, tensor, start, $"data_offsets has {offsets.Length} numbers; expected begin and end");
        return new SafetensorsEntry(tensor, type.Value, Array.AsReadOnly(shape), offsets[0], offsets[1]);
    }

    private SafetensorsType ReadType(string tensor)
    {
        if (!IsNext(JsonTokenType.String))
            throw Fail(SafetensorsViolation.MalformedField, tensor, $"dtype is {_json.TokenType}; expected a string");
        var name = _json.GetString()!;
        // TryParse alone would also take "3", "-8" and "U8, I8".
        return Enum.TryParse<SafetensorsType>(name, out var type) && Enum.IsDefined(type) && type.ToString() == name
            ? type
            : throw Fail(SafetensorsViolation.UnknownType, tensor, $"dtype is '{name}'; expected one of {string.Join(", ", Enum.GetNames<SafetensorsType>())}");
    }

    private long[] ReadIntegers(string tensor, string field)
    {
        if (!IsNext(JsonTokenType.StartArray))
            throw Fail(SafetensorsViolation.MalformedField, tensor, $"{field} is {_json.TokenType}; expected an array");
        var numbers = new List<long>();
        while (!IsNext(JsonTokenType.EndArray))
        {
            if (_json.TokenType != JsonTokenType.Number)
                throw Fail(SafetensorsViolation.MalformedField, tensor, $"{field}[{numbers.Count}] is {_json.TokenType}; expected a number");
            if (!_json.TryGetInt64(out var number) || number < 0)
                throw Fail(
                    SafetensorsViolation.MalformedInteger, tensor,
                    $"{field}[{numbers.Count}] is {System.Text.Encoding.UTF8.GetString(_json.ValueSpan)}; expected an integer from 0 to 2^63 - 1");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private string? NextKey(string? tensor)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
            return null;
        return _json.GetString() ?? throw Fail(SafetensorsViolation.MalformedField, tensor, "a key is missing");
    }

    private bool IsNext(JsonTokenType type)
    {
        _json.Read();
        return _json.TokenType == type;
    }

    private readonly SafetensorsException Fail(SafetensorsViolation violation, string? tensor, string what) =>
        new(violation, _file, tensor, Position, what);
}
