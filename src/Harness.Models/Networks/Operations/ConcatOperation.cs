using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Joins values along one dimension.</summary>
public sealed record ConcatOperation : Operation
{
    /// <summary>The dimension; default 1.</summary>
    [JsonPropertyName("dim")]
    public long Dimension { get; init; } = 1;

    internal override int? Arity => null;

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var first = arguments[0];
        Require(Dimension >= 0 && Dimension < first.ndim, $"more than {Dimension} dimensions", first);
        foreach (var other in arguments)
            Require(
                other.ndim == first.ndim && Enumerable.Range(0, (int)first.ndim).All(d => d == Dimension || other.shape[d] == first.shape[d]),
                $"shapes equal but for dimension {Dimension}", first, other);
        return cat([.. arguments], Dimension);
    }
}
