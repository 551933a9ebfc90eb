using System.Text.Json.Serialization;

namespace Harness.Models;

/// <summary>Which loss a model is trained on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LossKind>))]
public enum LossKind
{
    /// <summary>Softmax cross-entropy against class indices <c>[N]</c>.</summary>
    [JsonStringEnumMemberName("cross_entropy")]
    CrossEntropy,

    /// <summary>Squared error, summed over outputs (no ½), against <c>[N, outputs]</c>.</summary>
    [JsonStringEnumMemberName("mse")]
    MeanSquaredError,
}
