namespace Harness.Models;

/// <summary>One named tensor inside a flat parameter vector.</summary>
/// <param name="Name">Name, unique in its layout.</param>
/// <param name="Shape">Shape of the tensor; an empty shape is a scalar.</param>
/// <param name="Offset">Index of its first entry in the flat vector.</param>
public sealed record ParameterSlot(string Name, IReadOnlyList<long> Shape, long Offset)
{
    /// <summary>Number of entries: the product of <see cref="Shape"/>.</summary>
    public long Length { get; } = Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Index just past its last entry in the flat vector.</summary>
    public long End => Offset + Length;

    /// <summary>The shape as torch takes it.</summary>
    public long[] ShapeArray() => [.. Shape];
}
