using Harness.Models;

namespace Harness.Numerics.Tests;

/// <summary>Units of one hidden layer by the flat positions of their weights; entry j of one unit corresponds to entry j of any other.</summary>
/// <param name="Count">Number of units; 0: there is no hidden layer.</param>
/// <param name="Incoming">Positions of the weights (and bias) into unit i.</param>
/// <param name="Outgoing">Positions of the weights out of unit i; none where one tensor is both.</param>
public sealed record HiddenUnits(int Count, Func<int, long[]> Incoming, Func<int, long[]> Outgoing)
{
    public static HiddenUnits None { get; } = new(0, _ => [], _ => []);

    /// <summary>Unit i takes the weights of unit <c>order[i]</c>.</summary>
    public MonomialMap Permutation(int[] order, long length)
    {
        long[] source = [.. Enumerable.Range(0, (int)length).Select(i => (long)i)];
        for (var unit = 0; unit < Count; unit++)
            foreach (var entries in new[] { Incoming, Outgoing })
                foreach (var (to, from) in entries(unit).Zip(entries(order[unit])))
                    source[to] = from;
        return new MonomialMap(source, [.. source.Select(_ => 1.0)]);
    }

    /// <summary>Flat positions of the entries of a tensor whose index along an axis is given, ascending.</summary>
    public static IEnumerable<long> Along(ParameterSlot slot, int axis, int index)
    {
        var stride = slot.Shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        return Enumerable.Range(0, (int)slot.Length).Where(entry => entry / stride % slot.Shape[axis] == index).Select(entry => slot.Offset + entry);
    }
}
