using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary><c>exp(x) / Σ exp(x)</c> along one dimension.</summary>
public sealed record SoftmaxOperation : Operation
{
    /// <summary>The dimension; default 1.</summary>
    [JsonPropertyName("dim")]
    public long Dimension { get; init; } = 1;

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        Require(Dimension >= 0 && Dimension < arguments[0].ndim, $"more than {Dimension} dimensions", arguments[0]);
        return nn.functional.softmax(arguments[0], Dimension);
    }
}
