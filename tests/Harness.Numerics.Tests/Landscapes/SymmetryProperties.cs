using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// Changes of parameters that preserve the function. Kills: a product whose slots are permuted consistently (which symmetry cannot see), the factor of
/// the square activation, gradients and Hessians transformed as vectors.
/// </summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 30, QuietOnSuccess = true)]
public class SymmetryProperties
{
    /// <summary>
    /// A hidden unit's incoming weights × eˢ, outgoing × e^{−s} (e^{−2s} for the square): L is constant along it, so <c>gᵀt = 0</c> and
    /// <c>Ht + Dg = 0</c> with t = Dθ.
    /// </summary>
    [Property]
    public void Rescaling_a_unit_changes_nothing_to_second_order(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec with { Layers = Math.Max(1, spec.Layers), WeightDecay = 0, Activation = spec.Seed % 2 == 0 ? Activation.Relu : Activation.Square };
        var problem = Problem.Create(spec);
        var unit = spec.Seed % spec.Hidden;
        var rates = tensor(Rates(problem.Network.Layout, unit, spec.Activation == Activation.Square ? -2 : -1));
        var tangent = rates * problem.Parameters;
        var gradient = problem.Landscape(spec.Batch).Gradient(problem.Parameters);
        using var hessian = problem.Landscape(spec.Batch).Hessian(problem.Parameters);
        var product = hessian.Multiply(tangent.unsqueeze(0))[0];
        // Relative to ‖H‖‖t‖ as far as probes know it, and to the gradient, whose own rounding enters.
        var scale = Math.Max(1e-300, product.norm().ToDouble() + 4 * gradient.norm().ToDouble() + Norm(hessian) * tangent.norm().ToDouble());
        Assert.True(Math.Abs(gradient.dot(tangent).ToDouble()) <= 4 * Tolerances.AssumedNoise64 * scale * (1 + tangent.norm().ToDouble()));
        Expect.Close(rates.neg() * gradient, product, 4 * Tolerances.AssumedNoise64 * scale);
    }

    [Property]
    public void Permuting_hidden_units_permutes_gradient_and_Hessian(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec with { Layers = Math.Max(1, spec.Layers) };
        var problem = Problem.Create(spec);
        var map = Permutation(problem.Network.Layout, new RandomSource((ulong)spec.Seed, 61).Permutation(spec.Hidden));
        var moved = map.Apply(problem.Parameters.unsqueeze(0))[0];
        var landscape = problem.Landscape(spec.Batch);
        Assert.Equal(landscape.Value(problem.Parameters), landscape.Value(moved), 1e-12 * Math.Max(1, landscape.Value(moved)));
        using var left = landscape.Hessian(problem.Parameters);
        using var right = landscape.Hessian(moved);
        Expect.None(OperatorChecks.Agreement(
            "permutation", new MappedOperator(right, map), left, Tolerances.SameProduct(Tolerances.AssumedNoise64), (ulong)spec.Seed));
    }

    private static double Norm(ISymmetricOperator op)
    {
        var probe = tensor(new RandomSource(0, 62).Gaussians(op.Dimension)).unsqueeze(0);
        return (op.Multiply(probe / probe.norm()).norm() * Math.Sqrt(op.Dimension)).ToDouble();
    }

    private static double[] Rates(ParameterLayout layout, int unit, double outgoing)
    {
        var rates = new double[layout.Length];
        var (w1, b1, w2) = (layout["w1"], layout["b1"], layout["w2"]);
        for (var i = 0; i < w1.Shape[1]; i++)
            rates[w1.Offset + unit * w1.Shape[1] + i] = 1;
        rates[b1.Offset + unit] = 1;
        for (var o = 0; o < w2.Shape[0]; o++)
            rates[w2.Offset + o * w2.Shape[1] + unit] = outgoing;
        return rates;
    }

    private static MonomialMap Permutation(ParameterLayout layout, int[] order)
    {
        long[] source = [.. Enumerable.Range(0, (int)layout.Length).Select(i => (long)i)];
        var (w1, b1, w2) = (layout["w1"], layout["b1"], layout["w2"]);
        for (var unit = 0; unit < order.Length; unit++)
        {
            for (var i = 0; i < w1.Shape[1]; i++)
                source[w1.Offset + unit * w1.Shape[1] + i] = w1.Offset + order[unit] * w1.Shape[1] + i;
            source[b1.Offset + unit] = b1.Offset + order[unit];
            for (var o = 0; o < w2.Shape[0]; o++)
                source[w2.Offset + o * w2.Shape[1] + unit] = w2.Offset + o * w2.Shape[1] + order[unit];
        }
        return new MonomialMap(source, [.. source.Select(_ => 1.0)]);
    }

    /// <summary><c>Tᵀ H(Tθ) T</c>: the Hessian at the moved point, pulled back.</summary>
    private sealed class MappedOperator(ISymmetricOperator inner, ILinearMap map) : ISymmetricOperator
    {
        public long Dimension => inner.Dimension;

        public Tensor Multiply(Tensor block) => map.ApplyTranspose(inner.Multiply(map.Apply(block)));
    }
}
