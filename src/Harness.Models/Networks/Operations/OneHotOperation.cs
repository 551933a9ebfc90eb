using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Class indices <c>[...]</c> int64 to <c>[..., classes]</c> float64 zeros and ones.</summary>
public sealed record OneHotOperation : Operation
{
    /// <summary>Number of classes; every index is below it.</summary>
    [JsonPropertyName("classes")]
    public required long Classes { get; init; }

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        EmbeddingOperation.RequireIndices(arguments[0], Classes);
        return nn.functional.one_hot(arguments[0], Classes).to(float64);
    }
}
