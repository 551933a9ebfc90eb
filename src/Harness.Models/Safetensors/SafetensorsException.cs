using System.Globalization;

namespace Harness.Models;

/// <summary>A safetensors file breaks the format. The message names the file, the tensor, the byte, and actual against expected.</summary>
public sealed class SafetensorsException : Exception
{
    internal SafetensorsException(
        SafetensorsViolation violation, string file, string? tensor, long? offset, string what, Exception? inner = null)
        : base(Describe(file, tensor, offset, what), inner) =>
        (Violation, File, Tensor, Offset) = (violation, file, tensor, offset);

    /// <summary>Which rule is broken.</summary>
    public SafetensorsViolation Violation { get; }

    /// <summary>The file, as it was named to the reader.</summary>
    public string File { get; }

    /// <summary>The tensor concerned, or null when the header as a whole is.</summary>
    public string? Tensor { get; }

    /// <summary>Position in the file of the bytes concerned, or null when no position is.</summary>
    public long? Offset { get; }

    private static string Describe(string file, string? tensor, long? offset, string what)
    {
        var whose = tensor is null ? "" : $" tensor '{tensor}'";
        var where = offset is null ? "" : string.Create(CultureInfo.InvariantCulture, $" at byte {offset}");
        return $"{file}:{whose}{where}{(whose + where == "" ? " " : ": ")}{what}";
    }
}
