using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// The units met so far: which are one and the same, which entries of the parameters make and read them, and which are no units after all.
/// </summary>
internal sealed class UnitTable
{
    private readonly DisjointSets _sets = new();
    private readonly List<string> _names = [];
    private readonly List<(int Unit, int Coordinate)> _incoming = [];
    private readonly List<(int Unit, int Coordinate)> _outgoing = [];
    private readonly HashSet<int> _disqualified = [];

    /// <summary>Numbers <paramref name="count"/> new units and returns the first number.</summary>
    internal int Create(string value, long count)
    {
        for (var i = 0; i < count; i++)
            _names.Add($"{value}[{i}]");
        return _sets.Add((int)count);
    }

    internal void AddIncoming(int unit, Tensor coordinates) => _incoming.AddRange(Labels.Distinct(coordinates).Select(entry => (unit, entry)));

    /// <summary>Entry by entry, tensors of equal shape.</summary>
    internal void AddIncoming(Tensor units, Tensor coordinates) => _incoming.AddRange(Pairs(units, coordinates));

    internal void AddOutgoing(Tensor units, Tensor coordinates)
    {
        var read = Labels.Distinct(coordinates);
        foreach (var unit in Labels.Distinct(units))
            _outgoing.AddRange(read.Select(entry => (unit, entry)));
    }

    /// <summary>Entry by entry, the units of two tensors of equal shape are one.</summary>
    internal void Join(Tensor left, Tensor right)
    {
        foreach (var (one, other) in Pairs(left, right))
            _sets.Union(one, other);
    }

    internal void Disqualify(Labels value)
    {
        if (value.Kind == ValueKind.Activation)
            _disqualified.UnionWith(Labels.Distinct(value.Entries));
    }

    /// <summary>Every unit that weights make and read, and that nothing else mixes or shows.</summary>
    internal IReadOnlyList<HiddenUnit> Hidden()
    {
        var disqualified = _disqualified.Select(_sets.Find).ToHashSet();
        var incoming = Entries(_incoming);
        var outgoing = Entries(_outgoing);
        return
        [
            .. Enumerable.Range(0, _sets.Count)
                .Where(unit => _sets.Find(unit) == unit && !disqualified.Contains(unit) && incoming.Contains(unit) && outgoing.Contains(unit))
                .Select(unit => new HiddenUnit(_names[unit], [.. incoming[unit]], [.. outgoing[unit]])),
        ];
    }

    private ILookup<int, long> Entries(IEnumerable<(int Unit, int Coordinate)> pairs) =>
        pairs.Select(pair => (Unit: _sets.Find(pair.Unit), pair.Coordinate)).Distinct().OrderBy(pair => pair.Coordinate)
            .ToLookup(pair => pair.Unit, pair => (long)pair.Coordinate);

    private static IEnumerable<(int Left, int Right)> Pairs(Tensor left, Tensor right) =>
        left.contiguous().data<long>().ToArray().Zip(right.contiguous().data<long>().ToArray(), (a, b) => ((int)a, (int)b))
            .Where(pair => pair.Item1 != Labels.None && pair.Item2 != Labels.None).Distinct();
}
