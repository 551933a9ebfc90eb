using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary><c>x Wᵀ + b</c>: <c>[..., in] → [..., out]</c> with W <c>[out, in]</c> and b <c>[out]</c>.</summary>
public sealed record LinearOperation : WeightedOperation
{
    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var (x, weight) = (arguments[0], arguments[1]);
        Require(weight.ndim == 2 && x.ndim >= 1 && x.shape[^1] == weight.shape[1], "x [..., in] and weight [out, in]", x, weight);
        var bias = arguments.Count > 2 ? arguments[2] : null;
        if (bias is not null)
            Require(bias.ndim == 1 && bias.shape[0] == weight.shape[0], $"a bias [{weight.shape[0]}]", bias);
        return nn.functional.linear(x, weight, bias);
    }
}
