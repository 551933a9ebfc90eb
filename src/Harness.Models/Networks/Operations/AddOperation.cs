using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>Sum of two values, broadcast as in torch.</summary>
public sealed record AddOperation : Operation
{
    internal override int? Arity => 2;

    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments)
    {
        Broadcasting.Check(arguments[0], arguments[1]);
        return arguments[0] + arguments[1];
    }
}
