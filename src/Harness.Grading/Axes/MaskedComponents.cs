using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// The network made of some components on each sample: those active on it, and of the others as much as a mask says. Tensors belong to the dispose scope
/// in which it is made.
/// </summary>
internal sealed class MaskedComponents
{
    private readonly GradedAnswer _answer;
    private readonly FunctionProbe _probe;
    private readonly Tensor _components;
    private readonly Tensor _shared;
    private readonly List<(double[] Active, IReadOnlyList<LossLandscape> Samples)> _groups;

    internal MaskedComponents(GradedAnswer answer, int mostSamples = FunctionProbe.MostSamples)
    {
        _answer = answer;
        _probe = new FunctionProbe(answer.Model, answer.DataSets, mostSamples);
        var mask = answer.Profile.DecomposedMask;
        int[] parts = [.. Enumerable.Range(0, answer.Subnetworks.Count).Where(j => answer.Subnetworks[j].Component is not null)];
        _components = stack(parts.Select(j => answer.Subnetworks[j].Component!)) * mask;
        _shared = answer.Profile.Parameters * (1 - mask);
        var active = parts.Select(Active).ToArray();
        _groups = [.. Enumerable.Range(0, _probe.Count)
            .GroupBy(k => string.Concat(active.Select(part => part[k] ? '1' : '0')))
            .Select(group => (
                group.Key.Select(bit => bit == '1' ? 1.0 : 0).ToArray(), (IReadOnlyList<LossLandscape>)[.. _probe.At([.. group])]))];
    }

    /// <summary>Number of components.</summary>
    internal int Count => (int)_components.shape[0];

    /// <summary>Whether some component is inactive somewhere, so that a mask says anything.</summary>
    internal bool HasInactive => _groups.Any(group => group.Active.Any(bit => bit == 0));

    internal double LossOfAll() => _probe.Losses(_answer.Profile.Parameters).mean().ToDouble();

    internal double LossOfNone() => _probe.Losses(_shared).mean().ToDouble();

    /// <summary>Mean loss with inactive component j scaled by <c>mask[j]</c>, 0 … 1, on all samples alike.</summary>
    internal double Loss(double[] mask) => Losses([mask])[0];

    /// <summary>
    /// <see cref="Loss"/> for each of several masks. What the masks make of all components is one matrix product for all samples; each group of
    /// samples corrects it for the components active there, which are few.
    /// </summary>
    internal double[] Losses(IReadOnlyList<double[]> masks)
    {
        using var scope = NewDisposeScope();
        var scales = tensor(masks.SelectMany(mask => mask).ToArray(), [masks.Count, Count]);
        var masked = _shared + scales.matmul(_components);
        var losses = new double[masks.Count];
        foreach (var (active, sets) in _groups)
        {
            using var inner = NewDisposeScope();
            var on = tensor(active.Index().Where(one => one.Item > 0).Select(one => (long)one.Index).ToArray(), dtype: ScalarType.Int64);
            var parameters = masked + (1 - scales.index_select(1, on)).matmul(_components.index_select(0, on));
            for (var k = 0; k < losses.Length; k++)
            {
                using var one = NewDisposeScope();
                losses[k] += sets.Sum(samples => samples.Value(parameters[k]) * samples.Data.Count) / _probe.Count;
            }
        }
        return losses;
    }

    /// <summary>The derivative of <see cref="Loss"/> by the mask.</summary>
    internal double[] Gradient(double[] mask)
    {
        var total = new double[Count];
        foreach (var (active, sets) in _groups)
        {
            using var scope = NewDisposeScope();
            var parameters = Parameters(active, mask);
            foreach (var samples in sets)
            {
                var slopes = _components.mv(samples.Gradient(parameters)).data<double>().ToArray();
                for (var j = 0; j < total.Length; j++)
                    total[j] += (1 - active[j]) * slopes[j] * samples.Data.Count / _probe.Count;
            }
        }
        return total;
    }

    private Tensor Parameters(double[] active, double[] mask) =>
        _shared + tensor(active.Zip(mask, (on, scale) => on + (1 - on) * scale).ToArray()).matmul(_components);

    private bool[] Active(int submitted)
    {
        if (_answer.Subnetworks[submitted].Activity is { Count: > 0 } claimed)
            return [.. _probe.Activity(claimed).Select(strength => strength is null or > 0)];
        return _answer.PlantOf(submitted) is { } planted
            ? [.. _probe.Activity(planted).Select(active => active is null or true)]
            : [.. Enumerable.Repeat(true, _probe.Count)];
    }
}
