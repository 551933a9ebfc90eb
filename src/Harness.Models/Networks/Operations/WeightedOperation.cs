using System.Text.Json.Serialization;

namespace Harness.Models;

/// <summary>An operation with a weight and, perhaps, a bias.</summary>
public abstract record WeightedOperation : Operation
{
    /// <summary>Name of the weight: a parameter or a constant.</summary>
    [JsonPropertyName("weight")]
    public required string Weight { get; init; }

    /// <summary>Name of the bias, or null.</summary>
    [JsonPropertyName("bias")]
    public string? Bias { get; init; }

    internal override IEnumerable<string> Reads => Bias is null ? [.. Inputs, Weight] : [.. Inputs, Weight, Bias];
}
