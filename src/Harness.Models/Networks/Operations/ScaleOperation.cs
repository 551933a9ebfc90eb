using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Multiplies by a fixed number.</summary>
public sealed record ScaleOperation : Operation
{
    /// <summary>The number.</summary>
    [JsonPropertyName("factor")]
    public required double Factor { get; init; }

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments) => arguments[0] * Factor;
}
