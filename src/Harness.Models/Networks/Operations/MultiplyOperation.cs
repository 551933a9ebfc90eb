using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Product of two values, entry by entry, broadcast as in torch.</summary>
public sealed record MultiplyOperation : Operation
{
    internal override int? Arity => 2;

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        Broadcasting.Check(arguments[0], arguments[1]);
        return arguments[0] * arguments[1];
    }
}
