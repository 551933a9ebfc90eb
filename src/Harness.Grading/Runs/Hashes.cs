using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>SHA-256 in lower-case hexadecimal.</summary>
public static class Hashes
{
    /// <summary>Of a text in UTF-8.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Of the float64 entries of a vector, little-endian.</summary>
    public static string OfVector(Tensor vector)
    {
        using var scope = NewDisposeScope();
        var values = vector.contiguous().data<double>().ToArray();
        var bytes = new byte[values.Length * sizeof(double)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
