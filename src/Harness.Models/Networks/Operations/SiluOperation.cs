using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary><c>x·σ(x)</c>.</summary>
public sealed record SiluOperation : Operation
{
    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments) => nn.functional.silu(arguments[0]);
}
