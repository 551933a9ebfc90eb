using Harness.Numerics;
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
        // Of many plants each is active on a few samples only: the search for the step looks at no others.
        var active = new Part(this, activity, true);
        var unit = along / along.norm();
        var most = Grading.Selectivity.LongestStep * Parameters.norm().ToDouble();
        if (!(active.MeanChange(unit * most) >= change))
            return null;
        var (least, step) = (0.0, most);
        for (var k = 0; k < Bisections; k++)
        {
            var middle = (least + step) / 2;
            (least, step) = active.MeanChange(unit * middle) >= change ? (least, middle) : (middle, step);
        }
        return Math.Max(0, activity.Contains(false)
            ? 1 - new Part(this, activity, false).MeanChange(unit * step) / active.MeanChange(unit * step)
            : ShareInside(unit * step, planted));
    }

    private double ShareInside(Tensor step, PlantedSubnetwork planted)
    {
        using var scope = NewDisposeScope();
        Tensor[] changes = [Probe.Outputs(Parameters + step) - Outputs, Probe.Outputs(Parameters - step) - Outputs];
        return changes.Average(change => planted.EffectSubspace!.Project(change).square().sum().ToDouble() / change.square().sum().ToDouble());
    }

    /// <summary>The network on the samples where a plant is active, or on the others. Tensors belong to the caller's dispose scope.</summary>
    private sealed class Part
    {
        private readonly Tensor _parameters;
        private readonly LossLandscape[] _sets;
        private readonly Tensor _outputs;

        internal Part(Perturbation whole, bool?[] activity, bool wanted)
        {
            int[] samples = [.. activity.Index().Where(one => one.Item == wanted).Select(one => one.Index)];
            _parameters = whole.Parameters;
            _sets = [.. whole.Probe.At(samples)];
            _outputs = whole.Outputs.index_select(0, tensor(samples.Select(k => (long)k).ToArray()));
        }

        /// <summary>Mean over samples, and both signs, of the root mean square change of the outputs.</summary>
        internal double MeanChange(Tensor step)
        {
            using var scope = NewDisposeScope();
            return new[] { _parameters + step, _parameters - step }.Average(moved => (Outputs(moved) - _outputs).square().mean([1]).sqrt().mean().ToDouble());
        }

        private Tensor Outputs(Tensor parameters) => cat([.. _sets.Select(set => set.Outputs(parameters))], 0);
    }
}
