using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests.Validity;

/// <summary>
/// <c>½λx² + ⅙cx³ + (1/24)qx⁴ + ½κ·max(x − a, 0)²</c> of the first coordinate, times a scale; one gate, <c>x &gt; a</c>. Off the kink its mean curvature
/// over [−t, t] is λ + ⅙qt²: the cubic term is odd and drops out.
/// </summary>
internal sealed record Polynomial(double Curvature, double Cubic = 0, double Quartic = 0, double Jump = 0, double Kink = double.PositiveInfinity, double Scale = 1)
    : ISymmetricOperator, ILocalFunction
{
    public long Dimension => 3;

    public double Reach => 1;

    public ILocalFunction Function => this;

    public Tensor Multiply(Tensor block)
    {
        using var scope = NewDisposeScope();
        return (block * tensor(new[] { Scale * Curvature, 0, 0 })).MoveToOuterDisposeScope();
    }

    public double Slope(Tensor direction, double step)
    {
        var (v, x) = (direction[0].ToDouble(), step * direction[0].ToDouble());
        return Scale * v * ((Curvature * x) + (Cubic * x * x / 2) + (Quartic * x * x * x / 6) + (x > Kink ? Jump * (x - Kink) : 0));
    }

    public GateFlips Flips(Tensor direction, double step)
    {
        var x = step * direction[0].ToDouble();
        return double.IsPositiveInfinity(Kink) ? default : new GateFlips(Math.Max(x, -x) > Kink ? 1 : 0, 1);
    }

    /// <summary>The radius along the first axis.</summary>
    internal ValidityRadius Radius()
    {
        using var scope = NewDisposeScope();
        return new DenseEigensolver().Solve(this, new EigenRequest(1, SpectrumEnd.Magnitude)).MeasureValidity().Radii![0];
    }
}
