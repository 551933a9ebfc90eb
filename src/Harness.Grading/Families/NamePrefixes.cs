using Harness.Models;
using Harness.Numerics;

namespace Harness.Grading;

/// <summary>Groups tensors by the beginning of their names, as one who never ran the network would.</summary>
internal static class NamePrefixes
{
    private static readonly char[] s_separators = ['.', '/', '_', '-'];

    /// <summary>One grouping for each depth of the names, and one by whole names; groupings with a single group are left out.</summary>
    internal static IReadOnlyList<IReadOnlyList<CoordinateSubspace>> Groupings(ParameterLayout layout)
    {
        var deepest = layout.Max(slot => slot.Name.Split(s_separators).Length);
        var groupings = Enumerable.Range(1, deepest).Select(depth => Group(layout, depth)).Where(groups => groups.Count > 1);
        // Deeper names that split nothing further give the same number of groups again.
        return [.. groupings.DistinctBy(groups => groups.Count)];
    }

    private static List<CoordinateSubspace> Group(ParameterLayout layout, int depth) =>
        [.. layout
            .GroupBy(slot => string.Join('.', slot.Name.Split(s_separators).Take(depth)), StringComparer.Ordinal)
            .Select(group => new CoordinateSubspace(layout.Length, [.. group.SelectMany(Entries).Order()]))];

    private static IEnumerable<long> Entries(ParameterSlot slot) => Enumerable.Range(0, (int)slot.Length).Select(k => slot.Offset + k);
}
