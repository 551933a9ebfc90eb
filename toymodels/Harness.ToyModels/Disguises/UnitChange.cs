using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>A drawn change of all groups of hidden units, of one kind: it acts on whatever tensors it is given, parameters or constants.</summary>
internal abstract class UnitChange
{
    /// <summary>Rescaling factors are <c>2^u</c>, u uniform in [−1, 1): between ½ and 2.</summary>
    private const double LargestExponent = 1;

    private readonly IReadOnlyList<HiddenUnits> _groups;

    private UnitChange(IReadOnlyList<HiddenUnits> groups) => _groups = groups;

    /// <summary>Draws a change of the groups that admit this kind; the others stay as they are.</summary>
    internal static UnitChange Draw(DisguiseKind kind, IReadOnlyList<HiddenUnits> groups, ulong seed)
    {
        var random = RandomSource.Named(seed, $"disguise/{kind}");
        return kind switch
        {
            DisguiseKind.Permute => new Permutation(groups, random),
            DisguiseKind.Rescale => new Rescaling([.. groups.Where(group => group.IsHomogeneous)], random),
            DisguiseKind.Rotate => new Rotation([.. groups.Where(group => group.IsLinear && group.Count > 1)], random),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not one kind."),
        };
    }

    /// <summary>Whether it may change the tensor of this name.</summary>
    internal bool Reaches(string tensor) => _groups.Any(group => group.Axes.Any(axis => axis.Tensor == tensor));

    /// <summary>The change as a map of the tensors of a layout; axes of other tensors are passed over.</summary>
    internal abstract ILinearMap On(ParameterLayout layout);

    private IEnumerable<(int Group, HiddenAxis Axis)> Axes(ParameterLayout layout) => _groups
        .SelectMany((group, index) => group.Axes.Select(axis => (index, axis)))
        .Where(pair => layout.Contains(pair.axis.Tensor));

    /// <summary>Unit i of the disguised network is unit <c>order[i]</c> of the original.</summary>
    private sealed class Permutation(IReadOnlyList<HiddenUnits> groups, RandomSource random) : UnitChange(groups)
    {
        private readonly int[][] _orders = [.. groups.Select(group => Reordering(random, group.Count))];

        internal override ILinearMap On(ParameterLayout layout)
        {
            var source = Enumerable.Range(0, checked((int)layout.Length)).Select(index => (long)index).ToArray();
            foreach (var (group, axis) in Axes(layout))
            {
                var slot = layout[axis.Tensor];
                var (stride, order) = (FlatIndices.Stride(slot, axis.Axis), _orders[group]);
                for (var unit = 0; unit < order.Length; unit++)
                    foreach (var position in FlatIndices.Along(slot, axis.Axis, axis.Start + unit))
                        // Relative, so that a tensor between two hidden layers is permuted along both of its axes.
                        source[position] += (order[unit] - unit) * stride;
            }
            return new MonomialMap(source, [.. source.Select(_ => 1.0)]);
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
    }

    private sealed class Rescaling(IReadOnlyList<HiddenUnits> groups, RandomSource random) : UnitChange(groups)
    {
        private readonly double[][] _factors =
            [.. groups.Select(group => Enumerable.Range(0, group.Count).Select(_ => Math.Pow(2, random.NextDouble(-LargestExponent, LargestExponent))).ToArray())];

        internal override ILinearMap On(ParameterLayout layout)
        {
            var scale = Enumerable.Repeat(1.0, checked((int)layout.Length)).ToArray();
            foreach (var (group, axis) in Axes(layout))
                for (var unit = 0; unit < _factors[group].Length; unit++)
                    foreach (var position in FlatIndices.Along(layout[axis.Tensor], axis.Axis, axis.Start + unit))
                        scale[position] *= Math.Pow(_factors[group][unit], axis.Power);
            return new MonomialMap([.. scale.Select((_, index) => (long)index)], scale);
        }
    }

    /// <summary>A Haar-random orthogonal B for each group. <c>B⁻ᵀ = B</c>, so contravariant and covariant axes are multiplied alike.</summary>
    private sealed class Rotation : UnitChange
    {
        private readonly Tensor[] _matrices;

        internal Rotation(IReadOnlyList<HiddenUnits> groups, RandomSource random) : base(groups)
        {
            foreach (var axis in groups.SelectMany(group => group.Axes))
                if (Math.Abs(axis.Power) != 1)
                    throw new ArgumentException($"Axis {axis.Axis} of '{axis.Tensor}' has power {axis.Power}; in a linear space it is +1 or −1.", nameof(groups));
            _matrices = [.. groups.Select(group => Subspaces.Random(group.Count, group.Count, random).Basis())];
        }

        internal override ILinearMap On(ParameterLayout layout) =>
            new RotationMap(layout, Axes(layout).Select(pair => new AxisRotation(pair.Axis.Tensor, pair.Axis.Axis, _matrices[pair.Group], pair.Axis.Start)));
    }
}
