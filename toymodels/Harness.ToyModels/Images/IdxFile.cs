using System.Buffers.Binary;
using System.IO.Compression;

namespace Harness.ToyModels;

/// <summary>
/// Reads IDX files of unsigned bytes, the format of the original MNIST files: two zero bytes, the type 8, the number of dimensions, every size as a
/// big-endian 32-bit number, then the bytes. A name that ends in <c>.gz</c> says that the file is compressed.
/// </summary>
internal static class IdxFile
{
    private const int LargestData = 1 << 28;

    /// <summary>Sizes and bytes of a file; nothing is allocated on the word of its header alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">How many dimensions it must have.</param>
    /// <exception cref="InvalidDataException">The file is not such a file; the message names it and says what is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static (int[] Sizes, byte[] Data) Read(string path, int dimensions)
    {
        var content = path.EndsWith(".gz", StringComparison.Ordinal) ? Decompress(path) : File.ReadAllBytes(path);
        var header = 4 + 4 * dimensions;
        var expected = 0x0800u + (uint)dimensions;
        if (content.Length < 4)
            throw new InvalidDataException($"{path} has {content.Length} bytes, too few for an IDX file.");
        if (BinaryPrimitives.ReadUInt32BigEndian(content) is var magic && magic != expected)
            throw new InvalidDataException($"{path} begins with the magic number 0x{magic:X8}, expected 0x{expected:X8} (unsigned bytes, {dimensions} dimensions).");
        if (content.Length < header)
            throw new InvalidDataException($"{path} ends inside its header: {content.Length} bytes, expected at least {header}.");
        var sizes = Enumerable.Range(0, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 + 4 * i))).ToArray();
        // In double, where no product of four sizes overflows.
        if (sizes.Any(size => size <= 0) || sizes.Aggregate(1.0, (product, size) => product * size) > LargestData)
            throw new InvalidDataException($"{path} declares the sizes [{string.Join(", ", sizes)}]; each must be positive, and together at most {LargestData} bytes.");
        var length = sizes.Aggregate(1, (product, size) => product * size);
        if (content.Length - header != length)
            throw new InvalidDataException(
                $"{path} declares the sizes [{string.Join(", ", sizes)}], {length} bytes, but {content.Length - header} follow: it is "
                + $"{(content.Length - header < length ? "truncated" : "too long")}.");
        return (sizes, content[header..]);
    }

    private static byte[] Decompress(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            using var content = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = gzip.Read(buffer)) > 0;)
            {
                content.Write(buffer, 0, read);
                if (content.Length > LargestData + buffer.Length)
                    throw new InvalidDataException($"it unpacks to more than {LargestData} bytes");
            }
            // The reader passes over what follows the stream; the stream ends with the length of what it holds.
            var ending = new byte[sizeof(uint)];
            if (file.Length < ending.Length)
                return [];
            file.Position = file.Length - ending.Length;
            file.ReadExactly(ending);
            if (BinaryPrimitives.ReadUInt32LittleEndian(ending) != (uint)content.Length)
                throw new InvalidDataException($"its last bytes are not the length of the {content.Length} bytes that it unpacks to: it is cut off, or something follows it");
            return content.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path} is no good gzip file: {exception.Message.TrimEnd('.')}.", exception);
        }
    }
}
