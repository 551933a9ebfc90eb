using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary><c>Σ_t c_t f_t</c>. Every term has gates of its own: the samples of its own data set.</summary>
internal sealed class SumFunction((double Coefficient, ILocalFunction Function)[] terms) : ILocalFunction
{
    public double Reach => terms.Max(term => term.Function.Reach);

    public double Slope(Tensor direction, double step) => terms.Sum(term => term.Coefficient * term.Function.Slope(direction, step));

    public GateFlips Flips(Tensor direction, double step)
    {
        GateFlips[] flips = [.. terms.Select(term => term.Function.Flips(direction, step))];
        return new GateFlips(flips.Sum(term => term.Flipped), flips.Sum(term => term.Total));
    }
}
