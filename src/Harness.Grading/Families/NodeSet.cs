using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Disjoint sets of nodes, addressed by int64 tensors of node numbers. Number 0 stands for "nothing" and joins nothing.</summary>
internal sealed class NodeSet
{
    private readonly List<int> _parents = [0];

    /// <summary>Adds nodes, each a set of its own.</summary>
    internal void Add(long count)
    {
        for (var k = 0; k < count; k++)
            _parents.Add(_parents.Count);
    }

    /// <summary>New nodes of a shape.</summary>
    internal Tensor Fresh(long[] shape)
    {
        var (first, count) = (_parents.Count, shape.Aggregate(1L, (product, size) => product * size));
        Add(count);
        return arange(first, first + count, 1, ScalarType.Int64).reshape(shape);
    }

    /// <summary>The number that stands for a node's set.</summary>
    internal int Root(int node)
    {
        while (_parents[node] != node)
            node = _parents[node] = _parents[_parents[node]];
        return node;
    }

    /// <summary>Joins two broadcast tensors of nodes entry by entry.</summary>
    internal Tensor Join(Tensor left, Tensor right)
    {
        var a = left + zeros_like(right);
        var b = right + zeros_like(left);
        var (x, y) = (Numbers(a), Numbers(b));
        return tensor(x.Zip(y, Join).ToArray(), a.shape);
    }

    /// <summary>Nodes of the product <c>[a, b] · [b, c]</c>: an entry joins the pairs of which neither factor is nothing.</summary>
    internal Tensor Contract(Tensor left, Tensor right)
    {
        var (x, y) = (Numbers(left), Numbers(right));
        var (rows, inner, columns) = (left.shape[0], left.shape[1], right.shape[1]);
        var result = new long[rows * columns];
        for (long i = 0; i < rows; i++)
            for (long j = 0; j < columns; j++)
                for (long k = 0; k < inner; k++)
                    if (x[i * inner + k] != 0 && y[k * columns + j] != 0)
                        result[i * columns + j] = Join(result[i * columns + j], Join(x[i * inner + k], y[k * columns + j]));
        return tensor(result, [rows, columns]);
    }

    /// <summary>Joins all entries along a dimension.</summary>
    internal Tensor Reduce(Tensor nodes, long dimension, bool keep)
    {
        var last = nodes.transpose(dimension, -1).contiguous();
        var joined = Numbers(last).Chunk((int)last.shape[^1]).Select(row => row.Aggregate(0L, Join)).ToArray();
        var result = tensor(joined, [.. last.shape[..^1], 1]).transpose(dimension, -1);
        return keep ? result : result.squeeze(dimension);
    }

    private long Join(long a, long b)
    {
        if (a == 0 || b == 0)
            return Math.Max(a, b);
        return _parents[Root((int)b)] = Root((int)a);
    }

    private static long[] Numbers(Tensor nodes) => nodes.contiguous().data<long>().ToArray();
}
