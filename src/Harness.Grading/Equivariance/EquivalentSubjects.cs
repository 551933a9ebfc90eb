using Harness.Decompositions;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Changes of a subject that change no answer. Tensors belong to the caller's dispose scope.</summary>
internal static class EquivalentSubjects
{
    /// <summary>A power of two: every number derived from the loss is a multiple without rounding.</summary>
    private const double Factor = 4;

    /// <summary>Inputs, targets and weights of every data set changed alike.</summary>
    internal static Subject WithData(Subject subject, Func<Tensor, Tensor> change) => subject with
    {
        DataSets =
        [
            .. subject.DataSets.Select(data => new DataSet(
                data.Name, change(data.Inputs), change(data.Targets), data.Weights is { } weights ? change(weights) : null)),
        ],
    };

    /// <summary>Neutral names for parameters, constants and values; the order of the parameters stays.</summary>
    internal static Subject Renamed(Subject subject)
    {
        var layout = subject.Model.Network.Layout;
        return subject with { Model = ExportedModel.Of(subject.Model, new ExportedNames(layout, [.. layout.Select(slot => slot.Name)])) };
    }

    /// <summary>A subject whose loss is a multiple of the given one's at every θ.</summary>
    internal static Subject WithLossScaled(Subject subject)
    {
        var loss = subject.Model.Loss;
        var scaled = loss with { Factor = Factor * loss.Factor, WeightDecay = Factor * loss.WeightDecay };
        return subject with { Model = new Model(subject.Model.Network, subject.Model.Parameters, scaled) };
    }

    /// <summary>Parameters, inputs and targets rounded to float32; the computation stays in float64.</summary>
    internal static Subject Rounded(Subject subject)
    {
        static Tensor Round(Tensor values) => values.is_floating_point() ? values.to(float32).to(float64) : values.alias();
        var model = subject.Model with { Parameters = Round(subject.Model.Parameters) };
        return subject with { Model = model, DataSets = [.. subject.DataSets.Select(data => new DataSet(data.Name, Round(data.Inputs), Round(data.Targets), data.Weights))] };
    }
}
