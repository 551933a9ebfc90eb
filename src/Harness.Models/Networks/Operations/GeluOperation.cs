using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary><c>x·Φ(x)</c>, the exact (erf) form.</summary>
public sealed record GeluOperation : Operation
{
    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments) => nn.functional.gelu(arguments[0]);
}
