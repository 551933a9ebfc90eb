using Harness.Models;

namespace Harness.ToyModels;

/// <summary><c>F(x) = a·cos(bx + c) + d·sin(ex + f) + g</c> on [0, 5], and its piecewise linear interpolant at ten equidistant knots.</summary>
internal sealed record ScalarFunction(double A, double B, double C, double D, double E, double F, double G)
{
    /// <summary>Right end of the interval; the left one is 0.</summary>
    internal const double End = 5;

    /// <summary>Pieces of the interpolant, each from knot j to knot j + 1.</summary>
    internal const int Pieces = 9;

    private const double Width = End / Pieces;

    /// <summary>Amplitudes and offset U(−1, 1), frequencies U(0.1, 1), phases U(−π, π).</summary>
    internal static ScalarFunction Draw(RandomSource random) => new(
        random.NextDouble(-1, 1), random.NextDouble(0.1, 1), random.NextDouble(-Math.PI, Math.PI),
        random.NextDouble(-1, 1), random.NextDouble(0.1, 1), random.NextDouble(-Math.PI, Math.PI),
        random.NextDouble(-1, 1));

    /// <summary>Knot j, 0 … 9: <c>5j/9</c>.</summary>
    internal static double Knot(int j) => Width * j;

    /// <summary>F(x).</summary>
    internal double Value(double x) => A * Math.Cos(B * x + C) + D * Math.Sin(E * x + F) + G;

    /// <summary>Slope of the interpolant on piece j.</summary>
    internal double Slope(int j) => (Value(Knot(j + 1)) - Value(Knot(j))) / Width;

    /// <summary>The interpolant at x in [0, 5], as a weighted mean of the two knots around x.</summary>
    internal double Interpolated(double x)
    {
        var j = Math.Clamp((int)(x / Width), 0, Pieces - 1);
        var share = (x - Knot(j)) / Width;
        return (1 - share) * Value(Knot(j)) + share * Value(Knot(j + 1));
    }

    /// <summary>Largest |F − interpolant|: <c>w²/8·max|F''|</c> with <c>|F''| ≤ |a|b² + |d|e²</c>.</summary>
    internal double InterpolationBound => Width * Width / 8 * (Math.Abs(A) * B * B + Math.Abs(D) * E * E);
}
