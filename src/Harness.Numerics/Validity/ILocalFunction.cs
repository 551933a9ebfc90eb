using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>A function f around a point of ℝⁿ, taken as the origin; float64 throughout.</summary>
public interface ILocalFunction
{
    /// <summary>The longest step worth looking at: for a loss ‖θ‖, since a step of that length can undo all of θ.</summary>
    /// <value>Positive and finite.</value>
    double Reach { get; }

    /// <summary><c>⟨∇f(t·v), v⟩</c>.</summary>
    /// <param name="direction">v, <c>[n]</c> float64.</param>
    /// <param name="step">t, of either sign.</param>
    double Slope(Tensor direction, double step);

    /// <summary>Gates that are on another side of their kink at <c>+t·v</c>, or at <c>−t·v</c>, or at both, than at the origin.</summary>
    /// <param name="direction">v, <c>[n]</c> float64.</param>
    /// <param name="step">t.</param>
    GateFlips Flips(Tensor direction, double step);
}
