using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

public sealed partial class SafetensorsFile
{
    private static readonly JsonWriterOptions s_headerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes tensors and metadata beside <paramref name="path"/> and renames the result into place: a reader sees the old file or the
    /// whole new one. The same arguments give the same bytes.
    /// </summary>
    /// <remarks>
    /// Wider element types come first, otherwise the given order is kept, and the header is padded with spaces to a multiple of eight
    /// bytes: so every tensor is aligned, which readers that map the file need.
    /// </remarks>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="tensors">Names, unique and none of them <c>__metadata__</c>, and tensors on any device with any strides.</param>
    /// <param name="metadata">Strings for <c>__metadata__</c>, or null for none.</param>
    /// <exception cref="ArgumentException">A name is repeated or reserved, or the format has no such element type.</exception>
    /// <exception cref="IOException">The file cannot be written; a file of this name is left as it was.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = tensors.OrderByDescending(named => SafetensorsEntry.ItemSize(FormatType(named.Key, named.Value))).ToList();
        var header = Header(ordered, metadata ?? []);
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}' cannot be written: the folder {folder} does not exist.");

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(header);
                foreach (var (_, tensor) in ordered)
                    stream.Write(Bytes(tensor));
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static byte[] Header(List<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(stackalloc byte[SafetensorsHeader.Start]);
        using (var json = new Utf8JsonWriter(buffer, s_headerOptions))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteEntries(json, tensors);
            json.WriteEndObject();
        }
        var padding = -buffer.WrittenCount & (SafetensorsHeader.Start - 1);
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);

        var header = buffer.WrittenSpan.ToArray();
        var length = header.Length - SafetensorsHeader.Start;
        if (length > LongestHeader)
            throw new ArgumentException($"The header of {tensors.Count} tensors takes {length} bytes; the format allows {LongestHeader}.", nameof(tensors));
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in metadata)
        {
            if (!keys.Add(key))
                throw new ArgumentException($"The metadata has the key '{key}' twice.", nameof(metadata));
            if (keys.Count == 1)
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
            json.WriteString(key, value);
        }
        if (keys.Count > 0)
            json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, List<KeyValuePair<string, Tensor>> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        var begin = 0L;
        foreach (var (name, tensor) in tensors)
        {
            if (!names.Add(name))
                throw new ArgumentException($"Tensor names must be unique and not '{SafetensorsHeader.MetadataKey}', but '{name}' is not.", nameof(tensors));
            var type = FormatType(name, tensor);
            var end = begin + checked(tensor.numel() * SafetensorsEntry.ItemSize(type));
            json.WriteStartObject(name);
            json.WriteString("dtype", type.ToString());
            WriteIntegers(json, "shape", tensor.shape);
            WriteIntegers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();
            begin = end;
        }
    }

    private static void WriteIntegers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static SafetensorsType FormatType(string name, Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float64 => SafetensorsType.F64,
        ScalarType.Float32 => SafetensorsType.F32,
        ScalarType.Int64 => SafetensorsType.I64,
        ScalarType.Int32 => SafetensorsType.I32,
        ScalarType.Int16 => SafetensorsType.I16,
        ScalarType.Int8 => SafetensorsType.I8,
        ScalarType.Byte => SafetensorsType.U8,
        ScalarType.Bool => SafetensorsType.BOOL,
        var other => throw new ArgumentException($"Tensor '{name}' is {other}, which is not written; convert it to Float32 first.", nameof(tensor)),
    };

    private static byte[] Bytes(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var local = tensor.detach().cpu().contiguous();
        return local.dtype switch
        {
            ScalarType.Float64 => Bytes<double>(local),
            ScalarType.Float32 => Bytes<float>(local),
            ScalarType.Int64 => Bytes<long>(local),
            ScalarType.Int32 => Bytes<int>(local),
            ScalarType.Int16 => Bytes<short>(local),
            ScalarType.Int8 => Bytes<sbyte>(local),
            ScalarType.Byte => Bytes<byte>(local),
            _ => Bytes<bool>(local),
        };
    }

    private static byte[] Bytes<T>(Tensor tensor)
        where T : unmanaged => tensor.numel() == 0 ? [] : MemoryMarshal.AsBytes(tensor.data<T>().ToArray().AsSpan()).ToArray();
}
