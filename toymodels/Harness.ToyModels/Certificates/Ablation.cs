using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Outputs of a model with and without parts of its parameters. Truths are carried through the model's disguise.</summary>
internal static class Ablation
{
    /// <summary>Outputs <c>[N, outputs]</c> on a data set (default: the first) at the model's parameters.</summary>
    internal static Tensor Outputs(ToyModel model, int dataSet = 0) => At(model, model.Model.Parameters, dataSet);

    /// <summary>Outputs <c>[N, outputs]</c> after <paramref name="component"/> <c>[P]</c>, in the undisguised gauge, is subtracted.</summary>
    internal static Tensor Without(ToyModel model, Tensor component, int dataSet = 0)
    {
        using var scope = NewDisposeScope();
        return At(model, model.Model.Parameters - Gauge.Disguised(model, component), dataSet).MoveToOuterDisposeScope();
    }

    private static Tensor At(ToyModel model, Tensor parameters, int dataSet)
    {
        using var nograd = no_grad();
        return model.Model.Network.Forward(parameters, model.DataSets[dataSet].Inputs);
    }
}
