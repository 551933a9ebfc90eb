using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Entries <c>start, start + step, … &lt; end</c> of one dimension.</summary>
public sealed record SliceOperation : Operation
{
    /// <summary>The dimension; default 1.</summary>
    [JsonPropertyName("dim")]
    public long Dimension { get; init; } = 1;

    /// <summary>First index; default 0.</summary>
    [JsonPropertyName("start")]
    public long Start { get; init; }

    /// <summary>Index just past the last one.</summary>
    [JsonPropertyName("end")]
    public required long End { get; init; }

    /// <summary>Distance between indices; default 1.</summary>
    [JsonPropertyName("step")]
    public long Step { get; init; } = 1;

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var x = arguments[0];
        Require(
            Dimension >= 0 && Dimension < x.ndim && Step > 0 && Start >= 0 && Start < End && End <= x.shape[Dimension],
            $"0 ≤ start ({Start}) < end ({End}) within dimension {Dimension} and a positive step ({Step})", x);
        return x.slice(Dimension, Start, End, Step);
    }
}
