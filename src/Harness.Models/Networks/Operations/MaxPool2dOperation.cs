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

    /// <summary>The place of the largest entry in its window, row-major.</summary>
    internal override Tensor? Gates(IReadOnlyList<Tensor> arguments)
    {
        var (x, stride) = (arguments[0], Stride ?? Kernel);
        long Last(int dimension, long offset) => offset + (x.shape[dimension] - Kernel) / stride * stride + 1;
        var places = from row in Enumerable.Range(0, (int)Kernel)
                     from column in Enumerable.Range(0, (int)Kernel)
                     select x.slice(2, row, Last(2, row), stride).slice(3, column, Last(3, column), stride);
        return stack(places.ToList()).argmax(0);
    }
}
