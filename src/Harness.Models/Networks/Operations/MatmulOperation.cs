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
        return left.ndim > right.ndim && right.ndim == 3 && left.shape[^3] == right.shape[0] ? Folded(left, right) : matmul(left, right);
    }

    /// <summary>
    /// <c>[..., n, a, b] · [n, b, c]</c> as n large products: with the leading dimensions broadcast, every sample would be a product of its own, and the
    /// backward pass would write one weight gradient for each.
    /// </summary>
    private static Tensor Folded(Tensor left, Tensor right)
    {
        var (shape, rows) = (left.shape, left.shape[^2]);
        var stacked = left.reshape(-1, shape[^3], rows, shape[^1]).transpose(0, 1).reshape(shape[^3], -1, shape[^1]);
        return bmm(stacked, right).reshape(shape[^3], -1, rows, right.shape[2]).transpose(0, 1).reshape([.. shape[..^1], right.shape[2]]);
    }
}
