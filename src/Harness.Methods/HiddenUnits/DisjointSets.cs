namespace Harness.Methods;

/// <summary>
/// Disjoint sets of the integers 0 … n − 1 (union–find). The least member represents its set, so the order of unions does not matter.
/// </summary>
internal sealed class DisjointSets
{
    private readonly List<int> _parent = [];

    internal int Count => _parent.Count;

    /// <summary>Adds <paramref name="count"/> sets of one member each and returns the first new member.</summary>
    internal int Add(int count)
    {
        var first = _parent.Count;
        _parent.AddRange(Enumerable.Range(first, count));
        return first;
    }

    internal int Find(int member)
    {
        while (_parent[member] != member)
            member = _parent[member] = _parent[_parent[member]];
        return member;
    }

    internal void Union(int left, int right)
    {
        var (a, b) = (Find(left), Find(right));
        _parent[Math.Max(a, b)] = Math.Min(a, b);
    }
}
