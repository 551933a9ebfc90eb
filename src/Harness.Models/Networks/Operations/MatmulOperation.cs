using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Matrix product <c>[..., a, b] · [..., b, c]</c>, batch dimensions broadcast.</summary>
public sealed record MatmulOperation : Operation
{
    internal override int? Arity => 2;

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        var (left, right) = (arguments[0], arguments[1]);
        Require(left.ndim >= 2 && right.ndim >= 2 && left.shape[^1] == right.shape[^2], "[..., a, b] and [..., b, c]", left, right);
        return matmul(left, right);
    }
}
