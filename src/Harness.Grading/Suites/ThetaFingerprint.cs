using System.Buffers.Binary;
using System.Security.Cryptography;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// A short name for parameters that are equal up to the rounding of another machine: entries over the largest one are rounded to multiples of 2⁻²⁴
/// and hashed. Closed forms differ by a few u where the mathematics library or BLAS differs; a changed recipe moves them by far more.
/// </summary>
/// <remarks>
/// The grid is shifted, so that no round number lies on the edge of a cell; an entry that does so by chance, within 1e-15, makes equal parameters look
/// different about once in 5,000 models of 10,000 parameters.
/// </remarks>
internal static class ThetaFingerprint
{
    private const double Cells = 1 << 24;
    private const double Shift = 0.381966;
    private const int Digits = 16;

    /// <summary>Of a vector <c>[P]</c>, 16 hexadecimal digits.</summary>
    internal static string Of(Tensor parameters)
    {
        using var scope = NewDisposeScope();
        var largest = parameters.abs().max().ToDouble();
        var exponent = largest > 0 && double.IsFinite(largest) ? Math.ILogB(largest) : 0;
        // The scale as mantissa and exponent, then every entry over the scale.
        var numbers = parameters.contiguous().data<double>().ToArray()
            .Select(value => largest > 0 ? Cell(value / largest) : 0)
            .Prepend(Cell(Math.ScaleB(largest, -exponent)))
            .Prepend(exponent)
            .ToArray();
        var bytes = new byte[numbers.Length * sizeof(long)];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), numbers[i]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes))[..Digits];
    }

    private static long Cell(double value) => (long)Math.Floor(value * Cells + Shift);
}
