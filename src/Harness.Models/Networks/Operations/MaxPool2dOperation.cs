using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Largest value of each <c>kernel × kernel</c> window of <c>[B, C, H, W]</c>; incomplete windows at the edge are dropped.</summary>
public sealed record MaxPool2dOperation : Operation
{
    /// <summary>Side of the window.</summary>
    [JsonPropertyName("kernel")]
    public required long Kernel { get; init; }

    /// <summary>Step; default: the kernel.</summary>
    [JsonPropertyName("stride")]
    public long? Stride { get; init; }

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var x = arguments[0];
        var stride = Stride ?? Kernel;
        Require(Kernel > 0 && stride > 0 && x.ndim == 4 && x.shape[2] >= Kernel && x.shape[3] >= Kernel, $"[B, C, H, W] of at least {Kernel} × {Kernel}", x);
        return nn.functional.max_pool2d(x, [Kernel, Kernel], [stride, stride]);
    }
}
