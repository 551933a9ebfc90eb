using Harness.Models;

namespace Harness.ToyModels;

/// <summary>Positions in the flat parameter vector, by tensor and axis.</summary>
internal static class FlatIndices
{
    /// <summary>Flat positions of the entries of a tensor whose index along <paramref name="axis"/> is <paramref name="index"/>, ascending.</summary>
    internal static IEnumerable<long> Along(ParameterSlot slot, int axis, long index)
    {
        var stride = Stride(slot, axis);
        var size = slot.Shape[axis];
        for (var entry = 0L; entry < slot.Length; entry++)
            if (entry / stride % size == index)
                yield return slot.Offset + entry;
    }

    /// <summary>Distance, in row-major order, between entries whose index along an axis differs by one.</summary>
    internal static long Stride(ParameterSlot slot, int axis) => slot.Shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
}
