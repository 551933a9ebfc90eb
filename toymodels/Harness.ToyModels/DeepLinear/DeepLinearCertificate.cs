using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Proves that every index has a chain of its own: outputs, ablation, Hessian blocks.</summary>
internal static class DeepLinearCertificate
{
    /// <summary>Parameters up to which the Hessian is written out.</summary>
    private const int WrittenOut = 1000;

    internal static Certificate Of(DeepLinearSpec spec) => new(
    [
        new("outputs are the one-hot inputs", OutputError, Tolerances.SameOutputs, true, "largest absolute difference"),
        new("ablating chain i zeroes output i on input i and nothing else", AblationError, Tolerances.SameOutputs, true, "largest absolute difference"),
        new("one layer of a chain carries all of it", LayerError, Tolerances.SameOutputs, true, "largest absolute difference"),
        ActivityChecks.Silent(),
        ActivityChecks.Heard(),
        CouplingChecks.Additive(),
        spec.Depth * spec.Width * spec.Width <= WrittenOut ? CouplingChecks.HessianBlocks() : CouplingChecks.HessianProbes(),
        .. PartitionChecks.All(),
        PartitionChecks.Support(),
    ]);

    private static double OutputError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var outputs = Ablation.Outputs(model);
        return (outputs - eye(outputs.shape[0], dtype: float64)).abs().max().ToDouble();
    }

    private static double AblationError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return model.Truth.Subnetworks.Select((planted, i) => Error(model, planted.Component!, i)).Largest();
    }

    /// <summary>A chain is cut by its part in any one layer, as by the whole of it: parts of different layers belong together.</summary>
    private static double LayerError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return model.Truth.Subnetworks.SelectMany((planted, i) => model.Model.Network.Layout.Select(slot =>
        {
            var part = zeros_like(planted.Component!);
            part.narrow(0, slot.Offset, slot.Length).copy_(planted.Component!.narrow(0, slot.Offset, slot.Length));
            return Error(model, part, i);
        })).Largest();
    }

    /// <summary>Difference of the outputs without a component from the identity without entry (i, i).</summary>
    private static double Error(ToyModel model, Tensor component, int i)
    {
        using var scope = NewDisposeScope();
        var ablated = Ablation.Without(model, component);
        var expected = eye(ablated.shape[0], dtype: float64);
        expected[i, i] = 0;
        return (ablated - expected).abs().max().ToDouble();
    }
}
