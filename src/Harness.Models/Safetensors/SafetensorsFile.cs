using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Harness.Models;

/// <summary>
/// A safetensors file, open for reading: eight bytes of header length, a JSON header, and the tensors' bytes without gaps, all
/// little-endian. Nothing in it is trusted: whatever breaks the format is a <see cref="SafetensorsException"/>, and no memory is
/// allocated for a declared size before the size is checked against the file. Not thread-safe only in <see cref="Dispose"/>.
/// </summary>
/// <remarks>Format: huggingface.co/docs/safetensors. NaN and infinity are data; <see cref="CountNonFinite"/> reports them.</remarks>
public sealed partial class SafetensorsFile : IDisposable
{
    /// <summary>The longest header read or written, in bytes, as in the reference implementation.</summary>
    public const int LongestHeader = 100_000_000;

    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, SafetensorsEntry> _byName;
    private readonly long _bufferStart;

    private SafetensorsFile(
        string path, SafeFileHandle handle, long bufferStart, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<SafetensorsEntry> entries)
    {
        (Path, _handle, _bufferStart, Metadata, Entries) = (path, handle, bufferStart, metadata, entries);
        _byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The file, as it was named to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>The strings of <c>__metadata__</c>; empty when there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Opens a file and checks everything but the values. A writer may replace the file meanwhile; this one stays readable.</summary>
    /// <exception cref="SafetensorsException">The file breaks the format.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            var fileLength = RandomAccess.GetLength(handle);
            var header = ReadHeader(path, handle, fileLength);
            var (metadata, entries) = SafetensorsHeader.Read(path, header);
            var start = SafetensorsHeader.Start + header.Length;
            return new SafetensorsFile(path, handle, start, metadata, SafetensorsBuffer.Check(path, entries, start, fileLength - start));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file has a tensor of this name.</summary>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>The entry of a named tensor.</summary>
    /// <exception cref="SafetensorsException">There is none; the message lists those there are.</exception>
    public SafetensorsEntry Entry(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_byName.TryGetValue(name, out var entry))
            return entry;
        const int listed = 10;
        var names = string.Join(", ", Entries.Take(listed).Select(other => $"'{other.Name}'"));
        var more = Entries.Count > listed ? $" and {Entries.Count - listed} more" : "";
        throw new SafetensorsException(
            SafetensorsViolation.MissingTensor, Path, name, null, Entries.Count == 0 ? "not in the file, which is empty" : $"not in the file, which has {names}{more}");
    }

    /// <summary>The bytes of a named tensor, little-endian and row-major, as they stand in the file.</summary>
    /// <exception cref="SafetensorsException">There is no such tensor, it is longer than 2 GiB, or the file was cut short meanwhile.</exception>
    public byte[] ReadBytes(string name)
    {
        var entry = Entry(name);
        var position = _bufferStart + entry.Begin;
        if (entry.ByteLength > Array.MaxLength)
            throw new SafetensorsException(
                SafetensorsViolation.TensorTooLarge, Path, name, position,
                $"{entry} has {entry.ByteLength} bytes; at most {Array.MaxLength} can be loaded. Split it into several tensors");
        var bytes = new byte[entry.ByteLength];
        ReadExactly(Path, name, _handle, position, bytes);
        return bytes;
    }

    /// <summary>Counts the elements that are NaN or infinite; zero for integers and truth values.</summary>
    /// <exception cref="SafetensorsException">As <see cref="ReadBytes"/>.</exception>
    public SafetensorsNonFinite CountNonFinite(string name) => Entry(name).Type switch
    {
        SafetensorsType.F64 => Count<double>(ReadBytes(name), double.IsNaN, double.IsInfinity),
        SafetensorsType.F32 => Count<float>(ReadBytes(name), float.IsNaN, float.IsInfinity),
        SafetensorsType.F16 => Count<Half>(ReadBytes(name), Half.IsNaN, Half.IsInfinity),
        SafetensorsType.BF16 => Count<ushort>(
            ReadBytes(name), bits => float.IsNaN(FromBrainFloat(bits)), bits => float.IsInfinity(FromBrainFloat(bits))),
        _ => default,
    };

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private static byte[] ReadHeader(string path, SafeFileHandle handle, long fileLength)
    {
        if (fileLength < SafetensorsHeader.Start)
            throw new SafetensorsException(
                SafetensorsViolation.FileTooShort, path, null, null, $"the file has {fileLength} bytes; the header length alone takes {SafetensorsHeader.Start}");
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.Start];
        ReadExactly(path, null, handle, 0, prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
            throw new SafetensorsException(
                SafetensorsViolation.HeaderTooLarge, path, null, 0, $"the header is declared to have {length} bytes; at most {LongestHeader} are read");
        if ((long)length > fileLength - SafetensorsHeader.Start)
            throw new SafetensorsException(
                SafetensorsViolation.HeaderBeyondFile, path, null, 0,
                $"the header is declared to have {length} bytes, but only {fileLength - SafetensorsHeader.Start} follow its length");
        var header = new byte[length];
        ReadExactly(path, null, handle, SafetensorsHeader.Start, header);
        return header;
    }

    private static void ReadExactly(string path, string? tensor, SafeFileHandle handle, long position, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(handle, bytes, position);
            if (read == 0)
                throw new SafetensorsException(
                    SafetensorsViolation.FileChanged, path, tensor, position, $"the file ends {bytes.Length} bytes early; it was cut short after its header was read");
            bytes = bytes[read..];
            position += read;
        }
    }

    private static SafetensorsNonFinite Count<T>(byte[] bytes, Func<T, bool> isNaN, Func<T, bool> isInfinite)
        where T : unmanaged
    {
        long nan = 0, infinite = 0;
        foreach (var value in MemoryMarshal.Cast<byte, T>(bytes))
        {
            nan += isNaN(value) ? 1 : 0;
            infinite += isInfinite(value) ? 1 : 0;
        }
        return new SafetensorsNonFinite(nan, infinite);
    }

    private static float FromBrainFloat(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
