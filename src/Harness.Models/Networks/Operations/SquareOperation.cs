using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary><c>x²</c>, entry by entry.</summary>
public sealed record SquareOperation : Operation
{
    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments) => arguments[0].square();
}
