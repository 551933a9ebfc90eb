using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>An activation <c>a = σ(z)</c>: <c>R{a} = σ'(z)∘R{z}</c>; back, <c>R{∂L/∂z} = σ'(z)∘R{∂L/∂a} + σ''(z)∘∂L/∂a∘R{z}</c>.</summary>
/// <param name="operation">The activation.</param>
/// <param name="slope">σ'(z), <c>[N, width]</c>.</param>
/// <param name="bend">σ''(z)∘∂L/∂a, <c>[N, width]</c>; null where σ is piecewise linear.</param>
internal sealed class ActivationTangent(Operation operation, Tensor slope, Tensor? bend) : TangentStep
{
    internal override void Forward(TangentPass pass) =>
        pass.Tangents[operation.Output] = pass.Tangents[operation.Inputs[0]] * pass.Stretch(slope).unsqueeze(1);

    internal override void Backward(TangentPass pass)
    {
        if (pass.Adjoint(operation.Output) is not { } change)
            return;
        change.mul_(pass.Stretch(slope).unsqueeze(1));
        if (bend is not null)
            change.add_(pass.Tangents[operation.Inputs[0]] * pass.Stretch(bend).unsqueeze(1));
        pass.AddAdjoint(operation.Inputs[0], change);
    }

    public override void Dispose()
    {
        slope.Dispose();
        bend?.Dispose();
    }
}
