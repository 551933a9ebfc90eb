using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// Derivatives against the function itself: the remainder of a Taylor expansion must fall with the right power of the step. Only for functions that are
/// smooth along the direction; a ReLU net is not.
/// </summary>
public static class TaylorChecks
{
    private const int Steps = 14;

    /// <summary><c>|L(θ + hv) − L − h·gᵀv|</c> falls at least like h^1.9.</summary>
    /// <param name="value">L.</param>
    /// <param name="gradient">g at <paramref name="point"/>, <c>[P]</c>.</param>
    /// <param name="point">θ, <c>[P]</c>.</param>
    /// <param name="directions">
    /// <c>[d, P]</c>, of about unit norm. The remainders of all are taken together: that of a single direction may cross zero and so show any slope.
    /// </param>
    public static Violation? Gradient(Func<Tensor, double> value, Tensor gradient, Tensor point, Tensor directions) =>
        Expansion("taylor remainder of the gradient", Tolerances.TaylorSlopeGradient, value, gradient, null, point, directions);

    /// <summary><c>|L(θ + hv) − L − h·gᵀv − ½h²·vᵀHv|</c> falls at least like h^2.9.</summary>
    /// <param name="value">L.</param>
    /// <param name="gradient">g at <paramref name="point"/>, <c>[P]</c>.</param>
    /// <param name="hessian">H at <paramref name="point"/>.</param>
    /// <param name="point">θ, <c>[P]</c>.</param>
    /// <param name="directions"><c>[d, P]</c>; see <see cref="Gradient"/>.</param>
    public static Violation? Curvature(Func<Tensor, double> value, Tensor gradient, ISymmetricOperator hessian, Tensor point, Tensor directions)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        return Expansion("taylor remainder of the curvature", Tolerances.TaylorSlopeCurvature, value, gradient, hessian, point, directions);
    }

    /// <summary><c>‖g(θ + hv) − g(θ) − h·Hv‖</c> falls at least like h^1.9: every entry of the product, not only its share along v.</summary>
    /// <param name="gradient">g, <c>[P] → [P]</c>.</param>
    /// <param name="hessian">H at <paramref name="point"/>.</param>
    /// <param name="point">θ, <c>[P]</c>.</param>
    /// <param name="direction">v, <c>[P]</c>, of about unit norm.</param>
    public static Violation? Product(Func<Tensor, Tensor> gradient, ISymmetricOperator hessian, Tensor point, Tensor direction)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(hessian);
        using var scope = NewDisposeScope();
        var (start, product) = (gradient(point), hessian.Multiply(direction.unsqueeze(0))[0]);
        return Check("taylor remainder of the product", Tolerances.TaylorSlopeGradient, step =>
        {
            using var inner = NewDisposeScope();
            var there = gradient(point + direction * step);
            return ((there - start - product * step).norm().ToDouble(), there.norm().ToDouble() + start.norm().ToDouble() + step * product.norm().ToDouble());
        });
    }

    private static Violation? Expansion(
        string name, double limit, Func<Tensor, double> value, Tensor gradient, ISymmetricOperator? hessian, Tensor point, Tensor directions)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var scope = NewDisposeScope();
        var start = value(point);
        var slopes = Blocks.ToArray(directions.matmul(gradient));
        var curvatures = hessian is null ? new double[slopes.Length] : Blocks.ToArray((hessian.Multiply(directions) * directions).sum(1));
        return Check(name, limit, step =>
        {
            using var inner = NewDisposeScope();
            var (remainder, scale) = (0.0, 0.0);
            for (var i = 0; i < slopes.Length; i++)
            {
                var there = value(point + directions[i] * step);
                remainder = Math.Max(remainder, Math.Abs(there - start - step * slopes[i] - step * step * curvatures[i] / 2));
                scale = Math.Max(scale, Math.Abs(there) + Math.Abs(start) + Math.Abs(step * slopes[i]) + Math.Abs(step * step * curvatures[i]));
            }
            return (remainder, scale);
        });
    }

    /// <summary>
    /// The slope between the two smallest steps (powers of two) whose remainder still stands clear of roundoff. If fewer than two do, the expansion is
    /// exact to roundoff and there is nothing to violate.
    /// </summary>
    private static Violation? Check(string name, double limit, Func<double, (double Remainder, double Scale)> remainder)
    {
        var clear = new List<double>();
        for (var i = 1; i <= Steps; i++)
        {
            var (value, scale) = remainder(Math.ScaleB(1, -i));
            if (double.IsNaN(value))
                return new Violation(name, double.NaN, limit, $"remainder at step 2^-{i}");
            if (value <= Tolerances.TaylorRoundoff * scale)
                break;
            clear.Add(value);
        }
        if (clear.Count < 2)
            return null;
        var slope = Math.Log2(clear[^2] / clear[^1]);
        return slope >= limit ? null : new Violation(name, slope, limit, $"log2 of the fall between steps 2^-{clear.Count - 1} and 2^-{clear.Count}; at least");
    }
}
