using System.Buffers.Binary;
using System.IO.Compression;

namespace Harness.Cli;

/// <summary>Writes an 8-bit grey image as a PNG file (W3C PNG specification: colour type 0, filter 0, one IDAT chunk).</summary>
internal static class GreyPng
{
    private static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes the file; one that exists is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixels">Row by row, 0 is black and 255 is white.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    public static void Write(string path, ReadOnlySpan<byte> pixels, int width)
    {
        using var file = File.Create(path);
        var height = pixels.Length / width;
        file.Write(s_signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Compress(pixels, width));
        Chunk(file, "IEND"u8, []);
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int width)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var start = 0; start < pixels.Length; start += width)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(start, width));
            }
        return buffer.ToArray();
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    /// <summary>CRC-32 of the PNG specification, annex D, bit by bit.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
        }
        return crc;
    }
}
