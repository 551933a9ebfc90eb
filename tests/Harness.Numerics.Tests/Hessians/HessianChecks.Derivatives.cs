using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <content>Derivatives against the function, and changes of parameters that preserve it.</content>
internal static partial class HessianChecks
{
    private static Violation? TaylorCurvature(HessianFactory make, NetworkSpec spec) => OnSmooth(make, spec, (hessian, landscape, problem, directions) =>
        TaylorChecks.Curvature(landscape.Value, landscape.Gradient(problem.Parameters), hessian, problem.Parameters, directions));

    private static Violation? TaylorProduct(HessianFactory make, NetworkSpec spec) => OnSmooth(make, spec, (hessian, landscape, problem, directions) =>
        TaylorChecks.Product(landscape.Gradient, hessian, problem.Parameters, directions[0]));

    /// <summary>The units' order means nothing: <c>Tᵀ H(Tθ) T = H(θ)</c> for a permutation T.</summary>
    private static Violation? PermutedUnits(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = WithUnits(spec);
        var problem = Problem.Create(spec);
        var map = Networks.Units(spec, problem.Network.Layout).Permutation(
            new RandomSource((ulong)spec.Seed, 61).Permutation(spec.Hidden), problem.Dimension);
        var moved = problem with { Parameters = map.Apply(problem.Parameters.unsqueeze(0))[0] };
        return Use(make, moved, spec, there => Agree("permutation of units", make, problem, spec, new MappedOperator(there, map)));
    }

    /// <summary>
    /// A unit's incoming weights × eˢ, outgoing × e^{−s} (e^{−2s} for the square): L is constant along it, so <c>Ht + Dg = 0</c> with t = Dθ.
    /// </summary>
    private static Violation? RescaledUnits(HessianFactory make, NetworkSpec spec) => RescaledUnits(make, spec, outgoing: null);

    /// <summary>The same with a given rate of the outgoing weights; null: the right one.</summary>
    internal static Violation? RescaledUnits(HessianFactory make, NetworkSpec spec, double? outgoing)
    {
        using var scope = NewDisposeScope();
        spec = WithUnits(spec) with { WeightDecay = 0, Activation = spec.Seed % 2 == 0 ? Activation.Relu : Activation.Square };
        if (spec.Family == NetworkFamily.TiedAutoencoder)
            spec = spec with { Family = NetworkFamily.OneHotSum };
        var problem = Problem.Create(spec);
        var units = Networks.Units(spec, problem.Network.Layout);
        var rates = new double[problem.Dimension];
        foreach (var entry in units.Incoming(spec.Seed % spec.Hidden))
            rates[entry] = 1;
        foreach (var entry in units.Outgoing(spec.Seed % spec.Hidden))
            rates[entry] = outgoing ?? (spec.Activation == Activation.Square ? -2 : -1);
        var rate = tensor(rates);
        return Flat("rescaling of units", make, problem, spec, (rate * problem.Parameters).unsqueeze(0), gradient => (rate * gradient).unsqueeze(0));
    }

    /// <summary>Logits that all rise together change no probability: the last layer's bias, or each of its columns where it has none.</summary>
    private static Violation? SoftmaxShift(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec with { Loss = LossKind.CrossEntropy, WeightDecay = 0 };
        if (spec.Family == NetworkFamily.TiedAutoencoder)
            spec = spec with { Family = NetworkFamily.Convolution };
        var problem = Problem.Create(spec);
        var layout = problem.Network.Layout;
        var columns = spec.Family == NetworkFamily.OneHotSum
            ? Enumerable.Range(0, spec.Hidden).Select(unit => HiddenUnits.Along(layout["w_out"], 1, unit))
            : [Enumerable.Range(0, spec.Outputs).Select(i => layout[^1].Offset + i)];
        return Flat("softmax shift", make, problem, spec, Rows(problem.Dimension, columns.Select(column => column.Select(entry => (entry, 1.0)))), null);
    }

    /// <summary>Of two one-hot inputs exactly one entry each is on: <c>w_a + t, w_b − t</c> changes nothing.</summary>
    private static Violation? OneHotShift(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec with { Family = NetworkFamily.OneHotSum, WeightDecay = 0 };
        var problem = Problem.Create(spec);
        var layout = problem.Network.Layout;
        var shifts = Enumerable.Range(0, spec.Hidden).Select(unit =>
            HiddenUnits.Along(layout["w_a"], 0, unit).Select(entry => (entry, 1.0)).Concat(HiddenUnits.Along(layout["w_b"], 0, unit).Select(entry => (entry, -1.0))));
        return Flat("one-hot shift", make, problem, spec, Rows(problem.Dimension, shifts), null);
    }

    /// <summary>
    /// <c>W → RW</c> leaves WᵀW alone, so the gradient turns with W: <c>H(AW) = AG</c> for every skew A, here of each pair of neighbouring rows.
    /// </summary>
    private static Violation? HiddenRotation(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec with { Family = NetworkFamily.TiedAutoencoder, WeightDecay = 0, Hidden = Math.Max(2, spec.Hidden) };
        var problem = Problem.Create(spec);
        long width = spec.Outputs;
        Tensor Turned(Tensor vector)
        {
            var turned = zeros(spec.Hidden - 1, problem.Dimension, ScalarType.Float64);
            for (var i = 0; i + 1 < spec.Hidden; i++)
            {
                turned[i].narrow(0, i * width, width).copy_(vector.narrow(0, (i + 1) * width, width));
                turned[i].narrow(0, (i + 1) * width, width).copy_(vector.narrow(0, i * width, width).neg());
            }
            return turned;
        }
        return Flat("rotation of the hidden space", make, problem, spec, Turned(problem.Parameters), gradient => Turned(gradient).neg());
    }

    /// <summary>
    /// <c>Ht + Dg = 0</c> along tangents of a symmetry, within 4η of what is added: ‖H‖‖t‖ and the gradient, whose own rounding enters.
    /// </summary>
    /// <param name="name">Name of the check.</param>
    /// <param name="make">Makes H.</param>
    /// <param name="problem">Where.</param>
    /// <param name="spec">How.</param>
    /// <param name="tangents">t, <c>[k, P]</c>.</param>
    /// <param name="turn">g to Dg, <c>[P] → [k, P]</c>; null: the symmetry is a shift and moves no gradient.</param>
    private static Violation? Flat(string name, HessianFactory make, Problem problem, NetworkSpec spec, Tensor tangents, Func<Tensor, Tensor>? turn) =>
        Use(make, problem, spec, hessian =>
        {
            var gradient = problem.Landscape().Gradient(problem.Parameters);
            var remainder = hessian.Multiply(tangents) + (turn is null ? zeros_like(tangents) : turn(gradient));
            var norm = OperatorChecks.Norm(hessian.Reference, (ulong)spec.Seed);
            var scale = norm * tangents.norm(1).max().ToDouble() + 4 * gradient.norm().ToDouble();
            var limit = Tolerances.SameProduct(Noise(hessian, spec, tangents)) * scale;
            var measured = remainder.norm(1).max().ToDouble();
            return measured <= limit ? null : new Violation(name, measured, limit, $"‖Ht + Dg‖, {problem.Dimension} parameters, seed {spec.Seed}");
        });

    /// <summary>A ReLU net with one hidden layer is piecewise linear in each layer alone, so there its Hessian is the GGN.</summary>
    private static Violation? SameLayerBlocks(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = WithUnits(spec) with { Activation = Activation.Relu, Layers = 1 };
        if (spec.Family == NetworkFamily.TiedAutoencoder)
            spec = spec with { Family = NetworkFamily.Mlp };
        var problem = Problem.Create(spec);
        using var ggn = problem.Landscape(spec.Batch).GaussNewton(problem.Parameters);
        string[][] layers = spec.Family == NetworkFamily.OneHotSum ? [["w_a", "w_b"], ["w_out"]] : [["w1", "b1"], ["w2", "b2"]];
        return Use(make, problem, spec, hessian =>
        {
            var limit = Tolerances.SameProduct(Noise(hessian, spec)) * OperatorChecks.Norm(hessian.Reference, (ulong)spec.Seed);
            foreach (var layer in layers)
            {
                var block = new LayerOperator(new SumOperator((1, hessian), (-1, ggn)), problem.Network.Layout, layer);
                var probes = Probes(block.Dimension, spec);
                var measured = block.Multiply(probes).norm(1).max().ToDouble();
                if (!(measured <= limit))
                    return new Violation("same-layer blocks of H − GGN", measured, limit, $"layer {string.Join(", ", layer)}, seed {spec.Seed}");
            }
            return null;
        });
    }

    private static NetworkSpec WithUnits(NetworkSpec spec) => spec with { Layers = Math.Max(1, spec.Layers) };

    /// <summary>Gaussian rows of unit norm.</summary>
    private static Tensor Probes(long dimension, NetworkSpec spec)
    {
        var rows = tensor(new RandomSource((ulong)spec.Seed, 51).Gaussians(4 * dimension), [4, dimension]);
        return rows / rows.norm(1, true);
    }

    private static Tensor Rows(long dimension, IEnumerable<IEnumerable<(long Entry, double Value)>> rows)
    {
        var given = rows.ToArray();
        var numbers = new double[given.Length, dimension];
        for (var i = 0; i < given.Length; i++)
            foreach (var (entry, value) in given[i])
                numbers[i, entry] = value;
        return tensor(numbers);
    }

    private static Violation? OnSmooth(
        HessianFactory make, NetworkSpec spec, Func<ISymmetricOperator, LossLandscape, Problem, Tensor, Violation?> check)
    {
        using var scope = NewDisposeScope();
        spec = spec.ToSmooth() with { Precision = ScalarType.Float64 };
        var problem = Problem.Create(spec);
        return Use(make, problem, spec, hessian => check(hessian, problem.Landscape(spec.Batch), problem, Probes(problem.Dimension, spec)));
    }

    /// <summary><c>Tᵀ A T</c>: an operator at a moved point, pulled back.</summary>
    private sealed class MappedOperator(ISymmetricOperator inner, ILinearMap map) : ISymmetricOperator
    {
        public long Dimension => inner.Dimension;

        public ISymmetricOperator Reference => ReferenceEquals(inner, inner.Reference) ? this : new MappedOperator(inner.Reference, map);

        public Tensor Multiply(Tensor block) => map.ApplyTranspose(inner.Multiply(map.Apply(block)));
    }
}
