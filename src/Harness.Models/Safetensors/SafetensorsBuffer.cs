namespace Harness.Models;

/// <summary>Checks that the entries of a header tile the data buffer: each of the length its shape demands, no overlap, no hole.</summary>
internal static class SafetensorsBuffer
{
    /// <summary>Returns the entries in the order of their bytes.</summary>
    /// <param name="file">Name of the file, for errors.</param>
    /// <param name="entries">The entries in any order.</param>
    /// <param name="start">Where the buffer starts in the file.</param>
    /// <param name="length">Length of the buffer in bytes.</param>
    public static IReadOnlyList<SafetensorsEntry> Check(string file, IEnumerable<SafetensorsEntry> entries, long start, long length)
    {
        // By end as well: an empty tensor lies before the tensor that begins where it does.
        var sorted = entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToList();
        foreach (var entry in sorted)
            CheckEntry(file, entry, start, length);

        SafetensorsEntry? previous = null;
        foreach (var entry in sorted)
        {
            CheckNeighbours(file, previous, entry, start);
            previous = entry;
        }
        var end = previous?.End ?? 0;
        if (end != length)
            throw new SafetensorsException(
                SafetensorsViolation.BufferNotCovered, file, previous?.Name, start + end,
                $"the tensors end at offset {end}, but the data buffer has {length} bytes");
        return sorted;
    }

    private static void CheckEntry(string file, SafetensorsEntry entry, long start, long length)
    {
        if (entry.End < entry.Begin)
            throw new SafetensorsException(
                SafetensorsViolation.OffsetsReversed, file, entry.Name, null,
                $"data_offsets [{entry.Begin}, {entry.End}] end before they begin");
        if (entry.End > length)
            throw new SafetensorsException(
                SafetensorsViolation.OffsetsOutsideBuffer, file, entry.Name, start + Math.Min(entry.Begin, length),
                $"data_offsets [{entry.Begin}, {entry.End}] end outside the data buffer of {length} bytes");
        var expected = ByteLength(entry) ?? throw new SafetensorsException(
            SafetensorsViolation.SizeOverflow, file, entry.Name, start + entry.Begin, $"the size of {entry} is beyond 64 bits");
        if (entry.ByteLength != expected)
            throw new SafetensorsException(
                SafetensorsViolation.LengthMismatch, file, entry.Name, start + entry.Begin,
                $"{entry} takes {expected} bytes, but data_offsets [{entry.Begin}, {entry.End}] hold {entry.ByteLength}");
    }

    /// <summary>Shape times item size, or null beyond 64 bits. A zero excuses no overflow: strides are products of the other sizes.</summary>
    private static long? ByteLength(SafetensorsEntry entry)
    {
        long product = SafetensorsEntry.ItemSize(entry.Type);
        foreach (var size in entry.Shape)
        {
            var next = Math.BigMul(product, Math.Max(size, 1));
            if (next > long.MaxValue)
                return null;
            product = (long)next;
        }
        return entry.Shape.Contains(0) ? 0 : product;
    }

    private static void CheckNeighbours(string file, SafetensorsEntry? previous, SafetensorsEntry entry, long start)
    {
        var end = previous?.End ?? 0;
        if (entry.Begin < end)
            throw new SafetensorsException(
                SafetensorsViolation.Overlap, file, entry.Name, start + entry.Begin,
                $"it begins at offset {entry.Begin}, but tensor '{previous!.Name}' ends at {end}");
        if (entry.Begin > end)
            throw new SafetensorsException(
                SafetensorsViolation.Hole, file, entry.Name, start + end,
                previous is null
                    ? $"it begins at offset {entry.Begin}; the first tensor must begin at 0"
                    : $"it begins at offset {entry.Begin}, but tensor '{previous.Name}' ends at {end}");
    }
}
