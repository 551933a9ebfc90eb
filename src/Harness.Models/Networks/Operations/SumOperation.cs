using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Sum over one dimension.</summary>
public sealed record SumOperation : Operation
{
    /// <summary>The dimension.</summary>
    [JsonPropertyName("dim")]
    public required long Dimension { get; init; }

    /// <summary>Whether the dimension stays, with size 1; default false.</summary>
    [JsonPropertyName("keepdim")]
    public bool KeepDimension { get; init; }

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        Require(Dimension >= 0 && Dimension < arguments[0].ndim, $"more than {Dimension} dimensions", arguments[0]);
        return arguments[0].sum(Dimension, KeepDimension);
    }
}
