using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// What a submitted subspace has inside a planted one: <c>A = Q Bᵀ</c>, <c>[s, r]</c>, B the planted basis. Two index sets meet as sets and nothing
/// is written out; otherwise the basis that is not an index set is.
/// </summary>
internal sealed class Overlap
{
    private readonly Subspace _planted;
    private readonly Subspace _directions;
    private readonly List<long>? _positions;
    private readonly Tensor? _coordinates;

    /// <summary>Tensors belong to the caller's dispose scope.</summary>
    internal Overlap(Subspace planted, Subspace directions)
    {
        (_planted, _directions) = (planted, directions);
        if (planted is CoordinateSubspace plantedSet && directions is CoordinateSubspace set)
            _positions = SharedPositions(plantedSet.Indices, set.Indices);
        else if (directions is CoordinateSubspace)
            _coordinates = directions.Coordinates(planted.Basis()).t();
        else
            _coordinates = planted.Coordinates(directions.Basis());
    }

    /// <summary><c>‖A‖²_F</c>.</summary>
    internal double Size() => _positions?.Count ?? _coordinates!.square().sum().ToDouble();

    /// <summary><c>tr(A G Aᵀ)</c>.</summary>
    internal double Captured(Sensitivity sensitivity) =>
        _positions is not null ? sensitivity.CapturedAt(_positions) : sensitivity.Captured(_coordinates!);

    /// <summary>The vector <c>[P]</c> of the submitted subspace along which the plant's outputs move most; null where nothing is shared.</summary>
    internal Tensor? MostSensitive(Sensitivity sensitivity)
    {
        if (Size() <= 0)
            return null;
        using var scope = NewDisposeScope();
        if (_positions is null)
            return _directions.Embed(sensitivity.TopWithin(_coordinates!).unsqueeze(0)).squeeze(0).MoveToOuterDisposeScope();
        var axes = tensor(_positions.Select(p => ((CoordinateSubspace)_planted).Indices[(int)p]).ToArray());
        return zeros(_planted.AmbientDimension, float64).index_copy(0, axes, sensitivity.TopAt(_positions)).MoveToOuterDisposeScope();
    }

    /// <summary>Shares of <c>‖A B‖²_F</c> by tensor; all 0 where nothing is shared.</summary>
    internal double[] SharesByTensor(ParameterLayout layout)
    {
        using var scope = NewDisposeScope();
        var energy = zeros(_planted.AmbientDimension, float64);
        if (_positions is not null)
            energy.index_fill_(0, tensor(_positions.Select(p => ((CoordinateSubspace)_planted).Indices[(int)p]).ToArray()), 1);
        else
            energy = _planted.Embed(_coordinates!).square().sum(0L);
        var byTensor = layout.Select(slot => energy.narrow(0, slot.Offset, slot.Length).sum().ToDouble()).ToArray();
        var total = byTensor.Sum();
        return total > 0 ? [.. byTensor.Select(part => part / total)] : byTensor;
    }

    /// <summary>Positions within the first sorted list of the entries that are in the second one too.</summary>
    private static List<long> SharedPositions(IReadOnlyList<long> first, IReadOnlyList<long> second)
    {
        var shared = new List<long>();
        for (int a = 0, b = 0; a < first.Count && b < second.Count;)
        {
            var order = first[a].CompareTo(second[b]);
            if (order == 0)
                shared.Add(a);
            a += order <= 0 ? 1 : 0;
            b += order >= 0 ? 1 : 0;
        }
        return shared;
    }
}
