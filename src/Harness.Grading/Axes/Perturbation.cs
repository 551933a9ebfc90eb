using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Moves θ* along ±w by as much as changes the outputs of active inputs by a given amount, and says where else they change.</summary>
/// <param name="Probe">The network on its samples.</param>
/// <param name="Parameters">θ* <c>[P]</c>.</param>
/// <param name="Outputs">Its outputs <c>[N, outputs]</c>.</param>
internal sealed record Perturbation(FunctionProbe Probe, Tensor Parameters, Tensor Outputs)
{
    /// <summary>Halvings of the step: to 1e-6 of the longest.</summary>
    private const int Bisections = 20;

    /// <summary>
    /// <c>1 − (mean change on inactive)/(mean change on active)</c>, or the share of the change inside the effect subspace where there is no inactive input; at
    /// least 0. Null: flat, no admissible step changes the outputs enough.
    /// </summary>
    /// <param name="along">w <c>[P]</c>, not 0.</param>
    /// <param name="planted">Where the outputs may change.</param>
    /// <param name="change">Mean change asked for, a root mean square over outputs.</param>
    internal double? Selectivity(Tensor along, PlantedSubnetwork planted, double change)
    {
        using var scope = NewDisposeScope();
        var activity = Probe.Activity(planted);
        var active = Indices(activity, true);
        var unit = along / along.norm();
        var most = Grading.Selectivity.LongestStep * Parameters.norm().ToDouble();
        if (!(MeanChange(unit * most, active) >= change))
            return null;
        var (least, step) = (0.0, most);
        for (var k = 0; k < Bisections; k++)
        {
            var middle = (least + step) / 2;
            (least, step) = MeanChange(unit * middle, active) >= change ? (least, middle) : (middle, step);
        }
        return Math.Max(0, activity.Contains(false)
            ? 1 - MeanChange(unit * step, Indices(activity, false)) / MeanChange(unit * step, active)
            : ShareInside(unit * step, planted));
    }

    private static Tensor Indices(bool?[] activity, bool wanted) =>
        tensor(activity.Index().Where(one => one.Item == wanted).Select(one => (long)one.Index).ToArray());

    /// <summary>Mean over samples, and both signs, of the root mean square change of the outputs.</summary>
    private double MeanChange(Tensor step, Tensor samples)
    {
        using var scope = NewDisposeScope();
        return Changes(step).Average(change => change.index_select(0, samples).square().mean([1]).sqrt().mean().ToDouble());
    }

    private double ShareInside(Tensor step, PlantedSubnetwork planted)
    {
        using var scope = NewDisposeScope();
        return Changes(step).Average(change => planted.EffectSubspace!.Project(change).square().sum().ToDouble() / change.square().sum().ToDouble());
    }

    private Tensor[] Changes(Tensor step) => [Probe.Outputs(Parameters + step) - Outputs, Probe.Outputs(Parameters - step) - Outputs];
}
