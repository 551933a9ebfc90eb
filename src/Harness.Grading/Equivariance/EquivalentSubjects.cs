using Harness.Decompositions;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>Changes of a subject that change no answer. Tensors belong to the caller's dispose scope.</summary>
internal static class EquivalentSubjects
{
    /// <summary>Outputs and targets are doubled, so that a squared error is four times as large at every θ, exactly.</summary>
    private const double Factor = 2;

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
    internal static EquivarianceTwin WithLossScaled(Subject subject)
    {
        var (network, loss) = (subject.Model.Network, subject.Model.Loss);
        if (loss.Kind != LossKind.MeanSquaredError)
            return EquivarianceTwin.Skip("cross-entropy has no scale that a network and its data could carry");
        const string scaled = "scaled outputs";
        var twin = new Network(
            network.Layout, [.. network.Operations, new ScaleOperation { Inputs = [network.Output], Factor = Factor, Output = scaled }], scaled, network.Input, network.Constants);
        return new EquivarianceTwin(new Subject(
            new Model(twin, subject.Model.Parameters, loss with { WeightDecay = loss.WeightDecay * Factor * Factor }),
            [.. subject.DataSets.Select(data => new DataSet(data.Name, data.Inputs, data.Targets * Factor, data.Weights))]));
    }

    /// <summary>Parameters, inputs and targets rounded to float32; the computation stays in float64.</summary>
    internal static Subject Rounded(Subject subject)
    {
        static Tensor Round(Tensor values) => values.is_floating_point() ? values.to(float32).to(float64) : values.alias();
        var model = subject.Model with { Parameters = Round(subject.Model.Parameters) };
        return subject with { Model = model, DataSets = [.. subject.DataSets.Select(data => new DataSet(data.Name, Round(data.Inputs), Round(data.Targets), data.Weights))] };
    }
}
