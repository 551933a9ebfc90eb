using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>The loss around θ.</summary>
/// <param name="landscape">In float64.</param>
/// <param name="parameters">θ, <c>[P]</c>; not owned.</param>
internal sealed class LandscapeFunction(LossLandscape landscape, Tensor parameters) : ILocalFunction
{
    public double Reach
    {
        get
        {
            using var scope = NewDisposeScope();
            return Origin.norm().ToDouble() is var norm and > 0 ? norm : 1;
        }
    }

    private Tensor Origin => parameters.IsInvalid
        ? throw new ObjectDisposedException(nameof(HessianOperator), "The operator of this function was disposed: measure first, dispose afterwards.")
        : parameters;

    public double Slope(Tensor direction, double step)
    {
        using var scope = NewDisposeScope();
        return landscape.Gradient(Origin + direction * step).dot(direction).ToDouble();
    }

    public GateFlips Flips(Tensor direction, double step)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        Tensor[][] points = [.. new[] { 0, step, -step }.Select(t => landscape.Leaves(Origin + direction * t))];
        var (flipped, total) = (0L, 0L);
        foreach (var batch in landscape.Batches())
        {
            using var inner = NewDisposeScope();
            var here = landscape.Network.Gates(points[0], batch.Inputs);
            if (here.Count == 0)
                break;
            var (there, back) = (landscape.Network.Gates(points[1], batch.Inputs), landscape.Network.Gates(points[2], batch.Inputs));
            for (var i = 0; i < here.Count; i++)
            {
                flipped += here[i].ne(there[i]).logical_or(here[i].ne(back[i])).sum().ToInt64();
                total += here[i].numel();
            }
        }
        return new GateFlips(flipped, total);
    }
}
