namespace Harness.Models;

/// <summary>One tensor of a safetensors file, as its header declares it and the reader has checked it.</summary>
/// <param name="Name">Name, unique in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Shape, row-major; an empty shape is a scalar, a size of zero an empty tensor.</param>
/// <param name="Begin">Offset of its first byte in the data buffer, which follows the header.</param>
/// <param name="End">Offset just past its last byte; <c>End − Begin</c> is the product of the shape times the item size.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Length in bytes.</summary>
    public long ByteLength => End - Begin;

    /// <summary>Type and shape in words, e.g. <c>F64 [2, 3]</c>.</summary>
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";

    internal static int ItemSize(SafetensorsType type) => type switch
    {
        SafetensorsType.F64 or SafetensorsType.I64 => 8,
        SafetensorsType.F32 or SafetensorsType.I32 => 4,
        SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.I16 => 2,
        SafetensorsType.I8 or SafetensorsType.U8 or SafetensorsType.BOOL => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a safetensors type."),
    };
}
