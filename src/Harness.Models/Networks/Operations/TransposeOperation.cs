using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Swaps two dimensions.</summary>
public sealed record TransposeOperation : Operation
{
    /// <summary>One of them.</summary>
    [JsonPropertyName("dim0")]
    public required long First { get; init; }

    /// <summary>The other.</summary>
    [JsonPropertyName("dim1")]
    public required long Second { get; init; }

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var x = arguments[0];
        Require(Math.Min(First, Second) >= 0 && Math.Max(First, Second) < x.ndim, $"dimensions {First} and {Second}", x);
        return x.transpose(First, Second);
    }
}
