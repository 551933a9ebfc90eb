using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Function-preserving linear changes of parameters that carry the truth along, so that no shortcut through unit order or scale survives
/// (toymodels.md A8). The truth itself stays in the undisguised gauge: the grader pulls answers back through <see cref="ToyModel.Disguise"/>.
/// </summary>
public static class Disguises
{
    /// <summary>Rescaling factors are <c>2^u</c>, u uniform in [−1, 1): between ½ and 2.</summary>
    private const double LargestExponent = 1;

    /// <summary>A disguised twin: its parameters are <c>Tθ*</c>, its <see cref="ToyModel.Disguise"/> is T, all else is unchanged.</summary>
    /// <param name="model">An undisguised model.</param>
    /// <param name="kind">One of its <see cref="ToyModel.AdmissibleDisguises"/>.</param>
    /// <param name="seed">Chooses permutations and factors; independent of the model's own seed.</param>
    /// <exception cref="ArgumentException">The model does not admit this disguise, or wears one.</exception>
    public static ToyModel Apply(ToyModel model, DisguiseKind kind, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Disguise is not null)
            throw new ArgumentException($"Model '{model.Id}' is already disguised; disguise the original instead.", nameof(model));
        if (!model.AdmissibleDisguises.Contains(kind))
        {
            var admitted = model.AdmissibleDisguises.Count == 0 ? "none" : string.Join(", ", model.AdmissibleDisguises);
            throw new ArgumentException($"Model '{model.Id}' does not admit the disguise {kind}; it admits {admitted}.", nameof(kind));
        }
        var random = RandomSource.Named(seed, $"disguise/{kind}");
        return Apply(model, Map(model.Model.Network.Layout, model.HiddenUnits, kind, random));
    }

    /// <summary>A twin whose parameters are <c>Tθ*</c>. Whether T preserves the outputs is the caller's claim.</summary>
    public static ToyModel Apply(ToyModel model, ILinearMap map)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        using var scope = NewDisposeScope();
        var parameters = map.Apply(model.Model.Parameters.unsqueeze(0)).squeeze(0).MoveToOuterDisposeScope();
        return model with { Model = model.Model with { Parameters = parameters }, Disguise = map };
    }

    private static MonomialMap Map(ParameterLayout layout, IReadOnlyList<HiddenUnits> groups, DisguiseKind kind, RandomSource random)
    {
        var source = new long[layout.Length];
        var scale = new double[layout.Length];
        for (var i = 0; i < source.Length; i++)
            (source[i], scale[i]) = (i, 1);
        foreach (var group in groups)
        {
            if (kind == DisguiseKind.Permute)
                Permute(layout, group, Reordering(random, group.Count), source);
            else if (group.IsHomogeneous)
                Rescale(layout, group, [.. Enumerable.Range(0, group.Count).Select(_ => Factor(random))], scale);
        }
        return new MonomialMap(source, scale);
    }

    /// <summary>A random order other than the identity, which would disguise nothing (of two units, every second draw).</summary>
    private static int[] Reordering(RandomSource random, int count)
    {
        int[] order;
        do
            order = random.Permutation(count);
        while (count > 1 && order.SequenceEqual(order.Order()));
        return order;
    }

    private static double Factor(RandomSource random) => Math.Pow(2, random.NextDouble(-LargestExponent, LargestExponent));

    /// <summary>Unit i of the disguised network is unit <c>order[i]</c> of the original.</summary>
    private static void Permute(ParameterLayout layout, HiddenUnits group, int[] order, long[] source)
    {
        foreach (var (tensor, axis, _, start) in group.Axes)
        {
            var slot = layout[tensor];
            var stride = FlatIndices.Stride(slot, axis);
            for (var unit = 0; unit < group.Count; unit++)
                foreach (var position in FlatIndices.Along(slot, axis, start + unit))
                    // Relative, so that a tensor between two hidden layers is permuted along both of its axes.
                    source[position] += (order[unit] - unit) * stride;
        }
    }

    private static void Rescale(ParameterLayout layout, HiddenUnits group, double[] factors, double[] scale)
    {
        foreach (var (tensor, axis, power, start) in group.Axes)
            for (var unit = 0; unit < group.Count; unit++)
                foreach (var position in FlatIndices.Along(layout[tensor], axis, start + unit))
                    scale[position] *= Math.Pow(factors[unit], power);
    }
}
