using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Cross-correlation of <c>[B, in, H, W]</c> with W <c>[out, in / groups, kH, kW]</c>, zero padding.</summary>
public sealed record Conv2dOperation : WeightedOperation
{
    /// <summary>Step in both directions; default 1.</summary>
    [JsonPropertyName("stride")]
    public long Stride { get; init; } = 1;

    /// <summary>Zeros added on every side; default 0.</summary>
    [JsonPropertyName("padding")]
    public long Padding { get; init; }

    /// <summary>Number of independent channel groups; default 1.</summary>
    [JsonPropertyName("groups")]
    public long Groups { get; init; } = 1;

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var (x, weight) = (arguments[0], arguments[1]);
        Require(Stride > 0 && Padding >= 0 && Groups > 0, "a positive stride and groups, and padding of at least 0", weight);
        Require(
            x.ndim == 4 && weight.ndim == 4 && x.shape[1] == weight.shape[1] * Groups && weight.shape[0] % Groups == 0
                && x.shape[2] + 2 * Padding >= weight.shape[2] && x.shape[3] + 2 * Padding >= weight.shape[3],
            $"x [B, in, H, W] and weight [out, in / {Groups}, kH, kW] no larger than the padded image", x, weight);
        return nn.functional.conv2d(
            x, weight, arguments.Count > 2 ? arguments[2] : null, [Stride, Stride], [Padding, Padding], [1, 1], Groups);
    }
}
