using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary><c>max(x, 0)</c>; its derivative at 0 is 0.</summary>
public sealed record ReluOperation : Operation
{
    internal override Tensor Evaluate(IReadOnlyList<Tensor> arguments) => nn.functional.relu(arguments[0]);

    internal override Tensor? Gates(IReadOnlyList<Tensor> arguments) => arguments[0] > 0;
}
