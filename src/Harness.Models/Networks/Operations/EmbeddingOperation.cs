using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Rows of a table <c>[entries, width]</c>: indices <c>[...]</c> int64 to <c>[..., width]</c>.</summary>
public sealed record EmbeddingOperation : Operation
{
    /// <summary>Name of the table: a parameter or a constant.</summary>
    [JsonPropertyName("weight")]
    public required string Weight { get; init; }

    internal override IEnumerable<string> Reads => [.. Inputs, Weight];

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var (indices, table) = (arguments[0], arguments[1]);
        Require(table.ndim == 2, "a table [entries, width]", table);
        RequireIndices(indices, table.shape[0]);
        return table.index_select(0, indices.reshape(-1)).reshape([.. indices.shape, table.shape[1]]);
    }

    /// <summary>Genuine torch aborts on an index out of range.</summary>
    internal static void RequireIndices(Tensor indices, long bound)
    {
        Require(indices.dtype == ScalarType.Int64 && indices.numel() > 0, "int64 indices", indices);
        var (least, most) = (indices.min().ToInt64(), indices.max().ToInt64());
        Require(least >= 0 && most < bound, $"indices in 0 … {bound - 1} (they are {least} … {most})", indices);
    }
}
