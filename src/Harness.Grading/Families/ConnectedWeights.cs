using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Connected components of a network's non-zero parameters: two parameters are connected where they meet in a unit (an entry of an intermediate
/// value, the input or the output). Every entry of every value carries a node; operations that move entries move nodes, those that combine entries
/// join them. Parameters that are exactly 0 connect nothing and belong to no component.
/// </summary>
internal static class ConnectedWeights
{
    /// <summary>The components that contain parameters, largest first; null where an operation is not understood.</summary>
    /// <param name="network">The architecture.</param>
    /// <param name="parameters">θ <c>[P]</c>.</param>
    /// <param name="inputs">One input <c>[1, ...]</c>; only its shape counts.</param>
    internal static IReadOnlyList<CoordinateSubspace>? Find(Network network, Tensor parameters, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        var nodes = new NodeSet();
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var present = parameters.ne(0).to(ScalarType.Int64).data<long>().ToArray();
        // Node k + 1 stands for parameter k; node 0 for "nothing", the entry of a zero weight.
        nodes.Add(present.Length);
        var flat = tensor(present.Select((is1, k) => is1 != 0 ? k + 1L : 0L).ToArray());
        var split = network.Layout.Split(flat);
        for (var t = 0; t < split.Count; t++)
            values[network.Layout[t].Name] = split[t];
        foreach (var (name, constant) in network.Constants)
            values[name] = nodes.Fresh(constant.shape) * constant.ne(0).to(ScalarType.Int64);
        values[network.Input] = nodes.Fresh(inputs.shape);
        foreach (var operation in network.Operations)
        {
            if (Trace(operation, values, nodes) is not { } result)
                return null;
            values[operation.Output] = result;
        }
        var groups = Enumerable.Range(0, present.Length).Where(k => present[k] != 0).GroupBy(k => nodes.Root(k + 1));
        return [.. groups.OrderByDescending(group => group.Count()).Select(group => new CoordinateSubspace(present.Length, [.. group.Select(k => (long)k)]))];
    }

    private static Tensor? Trace(Operation operation, Dictionary<string, Tensor> values, NodeSet nodes)
    {
        var x = values[operation.Inputs[0]];
        return operation switch
        {
            ReluOperation or GeluOperation or SiluOperation or SquareOperation or ScaleOperation => x,
            AddOperation or MultiplyOperation => nodes.Join(x, values[operation.Inputs[1]]),
            LinearOperation linear => Linear(nodes, x, values[linear.Weight], linear.Bias is null ? null : values[linear.Bias]),
            MatmulOperation when x.ndim == 2 && values[operation.Inputs[1]].ndim == 2 => nodes.Contract(x, values[operation.Inputs[1]]),
            MatmulOperation when x.ndim == 4 && values[operation.Inputs[1]].ndim == 3 && x.shape[1] == values[operation.Inputs[1]].shape[0] =>
                Groups(nodes, x, values[operation.Inputs[1]]),
            ConcatOperation concat => cat([.. concat.Inputs.Select(name => values[name])], concat.Dimension),
            SliceOperation slice => x.slice(slice.Dimension, slice.Start, slice.End, slice.Step),
            TransposeOperation transpose => x.transpose(transpose.First, transpose.Second),
            FlattenOperation flatten => x.flatten(flatten.StartDimension, -1),
            ReshapeOperation reshape => x.reshape([.. reshape.NewShape]),
            SumOperation sum => nodes.Reduce(x, sum.Dimension, sum.KeepDimension),
            SoftmaxOperation softmax => nodes.Reduce(x, softmax.Dimension, true).expand(x.shape),
            OneHotOperation hot => nodes.Fresh([.. x.shape, hot.Classes]),
            EmbeddingOperation embedding => nodes.Reduce(values[embedding.Weight], 0, false).expand([.. x.shape, values[embedding.Weight].shape[1]]),
            _ => null,
        };
    }

    /// <summary>Matrices side by side, <c>[B, g, a, b] · [g, b, c]</c>.</summary>
    private static Tensor Groups(NodeSet nodes, Tensor x, Tensor weights) => stack(
        [.. Enumerable.Range(0, (int)weights.shape[0]).Select(group => nodes
            .Contract(x.select(1, group).reshape(-1, x.shape[3]), weights[group]).reshape(x.shape[0], x.shape[2], weights.shape[2]))],
        1);

    private static Tensor Linear(NodeSet nodes, Tensor x, Tensor weight, Tensor? bias)
    {
        var rows = nodes.Contract(x.reshape(-1, x.shape[^1]), weight.t()).reshape([.. x.shape[..^1], weight.shape[0]]);
        return bias is null ? rows : nodes.Join(rows, bias);
    }
}
