using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// Identities that the products of a symmetric operator must satisfy. Each returns null when it holds. η is the noise of the products relative to the
/// operator's norm; that is estimated by a few power steps, from below, which only makes the checks stricter.
/// </summary>
public static class OperatorChecks
{
    private const int PowerSteps = 4;
    private const int NoiseProbes = 3;
    private const int NoiseSteps = 2;

    private const string Bitwise = "bitwise";

    /// <summary><c>uᵀAv = vᵀAu</c> on Gaussian probes, within 4η.</summary>
    public static Violation? Symmetry(ISymmetricOperator op, double noise, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(op);
        using var scope = NewDisposeScope();
        var (probes, products, norm) = Probe(op, 2, seed);
        var difference = Math.Abs(probes[0].dot(products[1]).ToDouble() - probes[1].dot(products[0]).ToDouble());
        return Violation.Unless("symmetry", difference / norm, 4 * noise, $"|uᵀAv − vᵀAu| / ‖A‖, n = {op.Dimension}, probe seed {seed}");
    }

    /// <summary><c>A(u + 3v) = Au + 3Av</c> on Gaussian probes, within 4η.</summary>
    public static Violation? Linearity(ISymmetricOperator op, double noise, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(op);
        using var scope = NewDisposeScope();
        var (probes, products, norm) = Probe(op, 2, seed);
        var sum = op.Multiply((probes[0] + 3 * probes[1]).unsqueeze(0))[0];
        var difference = (sum - products[0] - 3 * products[1]).norm().ToDouble();
        return Violation.Unless("linearity", difference / (4 * norm), 4 * noise, $"‖A(u + 3v) − Au − 3Av‖ / (4‖A‖), n = {op.Dimension}, probe seed {seed}");
    }

    /// <summary>The same product twice has the same bits.</summary>
    public static Violation? Repeat(ISymmetricOperator op, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(op);
        using var scope = NewDisposeScope();
        var probe = UnitRows(op.Dimension, 1, seed);
        return SameBits("repeat", op.Multiply(probe), op.Multiply(probe), $"n = {op.Dimension}, probe seed {seed}");
    }

    /// <summary><c>A(8v) = 8·Av</c> bit for bit: a power of two only shifts exponents, so anything else is a hidden constant in the product.</summary>
    public static Violation? PowerOfTwo(ISymmetricOperator op, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(op);
        using var scope = NewDisposeScope();
        var probe = UnitRows(op.Dimension, 1, seed);
        return SameBits("power of two", op.Multiply(probe * 8), op.Multiply(probe) * 8, $"n = {op.Dimension}, probe seed {seed}");
    }

    /// <summary>Two operators have the same products, within a relative tolerance of the expected one's norm.</summary>
    /// <param name="name">Name of the check that a violation carries.</param>
    /// <param name="actual">The operator under test.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="tolerance">Limit of <c>‖Av − Bv‖ / ‖B‖</c>.</param>
    /// <param name="seed">Seed of the probes.</param>
    /// <param name="probes">Number of probes.</param>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static Violation? Agreement(
        string name, ISymmetricOperator actual, ISymmetricOperator expected, double tolerance, ulong seed, int probes = 3)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        if (actual.Dimension != expected.Dimension)
            throw new ArgumentException($"The operators act on ℝ^{actual.Dimension} and ℝ^{expected.Dimension}.");
        using var scope = NewDisposeScope();
        var rows = UnitRows(actual.Dimension, probes, seed);
        var (left, right) = (actual.Multiply(rows), expected.Multiply(rows));
        var norm = Norm(expected, right);
        var difference = Blocks.RowNorms(left - right).Max();
        return Violation.Unless(name, difference / norm, tolerance, $"‖Av − Bv‖ / ‖B‖, n = {actual.Dimension}, probe seed {seed}");
    }

    /// <summary>
    /// Symmetry, linearity, repetition and scaling by a power of two of an operator whose noise and norm are known, as ratios; five products. The last
    /// is left out for an operator of low precision, whose intermediates may be subnormal.
    /// </summary>
    /// <param name="op">The operator.</param>
    /// <param name="noise">η.</param>
    /// <param name="norm">‖A‖; 0 for the zero operator.</param>
    /// <param name="seed">Seed of the probes.</param>
    internal static IReadOnlyList<MeasuredRatio> Ratios(ISymmetricOperator op, double noise, double norm, ulong seed)
    {
        using var scope = NewDisposeScope();
        var probes = UnitRows(op.Dimension, 2, seed);
        var products = op.Multiply(probes);
        // In units of η‖A‖ before anything is squared, so that no scale of the loss overflows.
        var scaled = norm == 0 ? products : products / norm / noise;
        var table = probes.matmul(scaled.transpose(0, 1));
        var sum = op.Multiply(probes.narrow(0, 0, 1) + 3 * probes.narrow(0, 1, 1));
        var deviation = ((norm == 0 ? sum : sum / norm / noise) - scaled.narrow(0, 0, 1) - 3 * scaled.narrow(0, 1, 1)).norm().ToDouble() / 4;
        var first = probes.narrow(0, 0, 1);
        MeasuredRatio[] power = ReferenceEquals(op.Reference, op)
            ? [new("power of two", "entries of H(8v) and 8·Hv whose bits differ", Differing(op.Multiply(first * 8), op.Multiply(first) * 8), 0, Bitwise)]
            : [];
        return
        [
            new("symmetry", "|uᵀHw − wᵀHu| / (η‖H‖)", Math.Abs((table[0, 1] - table[1, 0]).ToDouble()), Tolerances.SameProduct(1), nameof(Tolerances.SameProduct)),
            new("linearity", "‖H(u + 3w) − Hu − 3Hw‖ / (4η‖H‖)", deviation, Tolerances.SameProduct(1), nameof(Tolerances.SameProduct)),
            new("repetition", "entries of Hv and Hv again whose bits differ", Differing(op.Multiply(first), op.Multiply(first)), 0, Bitwise),
            .. power,
        ];
    }

    /// <summary>
    /// η of an operator whose products run below float64: the largest <c>‖Av − A₆₄v‖/‖A‖</c> over the probes of the other checks with this seed, their
    /// images under power steps (random vectors alone understate it), and vectors that the caller is about to multiply. Of a float64 operator, what is
    /// assumed of those.
    /// </summary>
    /// <param name="op">The operator.</param>
    /// <param name="seed">Seed of the probes.</param>
    /// <param name="vectors">Further vectors, <c>[k, n]</c>, non-zero; null: none.</param>
    public static double Noise(ISymmetricOperator op, ulong seed, Tensor? vectors = null)
    {
        ArgumentNullException.ThrowIfNull(op);
        if (ReferenceEquals(op, op.Reference))
            return Tolerances.AssumedNoise64;
        using var scope = NewDisposeScope();
        var rows = UnitRows(op.Dimension, NoiseProbes, seed);
        // Linearity multiplies this combination of the first two.
        rows = cat([rows, rows.narrow(0, 0, 1) + 3 * rows.narrow(0, 1, 1)], 0);
        rows = vectors is null ? rows : cat([rows, vectors], 0);
        var worst = 0.0;
        for (var step = 0; step < NoiseSteps; step++)
        {
            rows = rows / rows.norm(1, true).clamp_min(double.Epsilon);
            var (low, high) = (op.Multiply(rows), op.Reference.Multiply(rows));
            worst = Math.Max(worst, Blocks.RowNorms(low - high).Max());
            rows = high;
        }
        return Tolerances.AssumedNoise64 + worst / Norm(op.Reference, rows);
    }

    /// <summary>‖A‖ from below, by a few power steps from Gaussian probes; 1 for the zero operator, so that quotients stay defined.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="seed">Seed of the probes.</param>
    public static double Norm(ISymmetricOperator op, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(op);
        using var scope = NewDisposeScope();
        return Norm(op, op.Multiply(UnitRows(op.Dimension, 2, seed)));
    }

    private static (Tensor[] Probes, Tensor[] Products, double Norm) Probe(ISymmetricOperator op, int count, ulong seed)
    {
        var rows = UnitRows(op.Dimension, count, seed);
        var products = op.Multiply(rows);
        return (rows.unbind(), products.unbind(), Norm(op, products));
    }

    /// <summary>
    /// ‖A‖ from below: the length of the longest product's image after a few power steps (random probes alone would understate it √n-fold); 1 for the zero
    /// operator, so that quotients stay defined.
    /// </summary>
    private static double Norm(ISymmetricOperator op, Tensor products)
    {
        var longest = products.square().sum(1).argmax().ToInt64();
        products = products.narrow(0, longest, 1);
        for (var step = 0; step < PowerSteps; step++)
        {
            if (Blocks.RowNorms(products).Max() is 0 or double.NaN)
                return 1;
            products = op.Multiply(products / products.norm(1, true).clamp_min(double.Epsilon));
        }
        return Blocks.RowNorms(products).Max();
    }

    private static Tensor UnitRows(long dimension, int count, ulong seed)
    {
        var rows = Blocks.Gaussian(RandomSource.Named(seed, "operator-checks"), count, dimension);
        return rows / rows.norm(1, true);
    }

    private static Violation? SameBits(string check, Tensor left, Tensor right, string detail) =>
        Violation.Unless(check, Differing(left, right), 0, $"entries whose bits differ, {detail}");

    private static int Differing(Tensor left, Tensor right) => Blocks.ToArray(left).Zip(Blocks.ToArray(right))
        .Count(pair => BitConverter.DoubleToInt64Bits(pair.First) != BitConverter.DoubleToInt64Bits(pair.Second));
}
