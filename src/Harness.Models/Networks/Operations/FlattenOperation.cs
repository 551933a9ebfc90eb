using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Merges every dimension from <see cref="StartDimension"/> on into one.</summary>
public sealed record FlattenOperation : Operation
{
    /// <summary>First dimension to merge; default 1, which keeps the samples apart.</summary>
    [JsonPropertyName("start_dim")]
    public long StartDimension { get; init; } = 1;

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        Require(StartDimension >= 0 && StartDimension < arguments[0].ndim, $"more than {StartDimension} dimensions", arguments[0]);
        return arguments[0].flatten(StartDimension, -1);
    }
}
