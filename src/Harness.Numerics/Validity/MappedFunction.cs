using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary><c>s ↦ f(Bs)</c>, whose Hessian is <c>BᵀHB</c>: of a layer's block (B embeds it), or of a projected operator (B projects).</summary>
/// <param name="inner">f.</param>
/// <param name="map">B, on blocks of rows.</param>
internal sealed class MappedFunction(ILocalFunction inner, Func<Tensor, Tensor> map) : ILocalFunction
{
    public double Reach => inner.Reach;

    public double Slope(Tensor direction, double step)
    {
        using var scope = NewDisposeScope();
        return inner.Slope(map(direction.unsqueeze(0))[0], step);
    }

    public GateFlips Flips(Tensor direction, double step)
    {
        using var scope = NewDisposeScope();
        return inner.Flips(map(direction.unsqueeze(0))[0], step);
    }
}
