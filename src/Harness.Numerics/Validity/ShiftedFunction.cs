using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary><c>s ↦ f(s) + ½·σ‖s‖²</c>, whose Hessian is <c>H + σI</c>.</summary>
internal sealed class ShiftedFunction(ILocalFunction inner, double shift) : ILocalFunction
{
    public double Reach => inner.Reach;

    public double Slope(Tensor direction, double step)
    {
        using var scope = NewDisposeScope();
        return inner.Slope(direction, step) + shift * step * direction.dot(direction).ToDouble();
    }

    public GateFlips Flips(Tensor direction, double step) => inner.Flips(direction, step);
}
