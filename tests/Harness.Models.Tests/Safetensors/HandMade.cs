using System.Buffers.Binary;
using System.Text;

namespace Harness.Models.Tests.Safetensors;

/// <summary>Builds files from the format's description alone, so that the writer under test vouches for nothing.</summary>
internal static class HandMade
{
    /// <summary>Eight bytes of length, the header padded with spaces to a multiple of eight, the data.</summary>
    public static byte[] File(string header, params byte[] data) => File(Encoding.UTF8.GetBytes(header), data);

    public static byte[] File(byte[] header, byte[] data)
    {
        var padded = (header.Length + 7) / 8 * 8;
        var file = new byte[8 + padded + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)padded);
        header.CopyTo(file, 8);
        file.AsSpan(8 + header.Length, padded - header.Length).Fill((byte)' ');
        data.CopyTo(file, 8 + padded);
        return file;
    }

    /// <summary>Bytes 0, 1, 2, … of the given number.</summary>
    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    /// <summary>A file with every element type, a scalar, an empty tensor and metadata.</summary>
    public static byte[] Sample() => File(
        """{"__metadata__":{"format":"pt","note":"λ ≥ 0"},"double":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}""" +
        ""","long":{"dtype":"I64","shape":[],"data_offsets":[16,24]},"float":{"dtype":"F32","shape":[2,1],"data_offsets":[24,32]}""" +
        ""","int":{"dtype":"I32","shape":[1],"data_offsets":[32,36]},"half":{"dtype":"F16","shape":[2],"data_offsets":[36,40]}""" +
        ""","brain":{"dtype":"BF16","shape":[2],"data_offsets":[40,44]},"short":{"dtype":"I16","shape":[1],"data_offsets":[44,46]}""" +
        ""","empty":{"dtype":"F64","shape":[3,0],"data_offsets":[46,46]},"sbyte":{"dtype":"I8","shape":[1],"data_offsets":[46,47]}""" +
        ""","byte":{"dtype":"U8","shape":[1],"data_offsets":[47,48]},"bool":{"dtype":"BOOL","shape":[2],"data_offsets":[48,50]}}""",
        [
            .. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(double.NaN), .. BitConverter.GetBytes(-7L),
            .. BitConverter.GetBytes(0.25f), .. BitConverter.GetBytes(float.NegativeInfinity), .. BitConverter.GetBytes(-70000),
            .. BitConverter.GetBytes((Half)(-2)), .. BitConverter.GetBytes(Half.PositiveInfinity), 0x80, 0x3F, 0xC0, 0x7F,
            .. BitConverter.GetBytes((short)-300), 0xFF, 200, 1, 0,
        ]);
}
