using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// The architectures of <c>parallel-modules</c> with the weights between the branches that those lack: random weights in two branches that share nothing
/// would have the same truth as trained ones. Every unit reads both views; widths, activations and data are the original's.
/// </summary>
internal static class CrossWeights
{
    /// <summary>Whether an original is one of two branches, and needs cross weights to be a control.</summary>
    internal static bool Needs(ToyModelEntry original) => original.Family == "parallel-modules";

    /// <summary>The model with cross weights, at Gaussian parameters with the root mean squares of the original's tensors.</summary>
    internal static ToyModel Of(ToyModel original, RandomSource random)
    {
        var isConvolutional = original.Model.Network.Layout.Contains("conv1");
        var (network, units) = isConvolutional ? Ungrouped(original.Model.Network) : Joined(original.Model.Network.Layout);
        using var scope = NewDisposeScope();
        var sizes = original.Model.Network.Layout.Split(original.Model.Parameters).Select(values => values.square().mean().sqrt().ToDouble());
        var drawn = network.Layout.Zip(sizes, (slot, size) => random.Gaussians(slot.Length).Select(value => size * value)).SelectMany(values => values);
        return original with
        {
            Model = new Model(network, tensor(drawn.ToArray()).MoveToOuterDisposeScope(), original.Model.Loss),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, original.Model.Loss),
        };
    }

    /// <summary>Every first-layer unit answers to both views; where branches are separate, half of them are silent on either pure set.</summary>
    internal static CertificateCheck Check { get; } = new(
        "every unit of the first layer reads both views", LeastResponse, 0.1, false, "least rms over a pure set, relative to the mean");

    private static double LeastResponse(ToyModel model)
    {
        using var scope = NewDisposeScope();
        using var nograd = no_grad();
        var network = model.Model.Network;
        var first = network.Operations.First(operation => operation is ReluOperation or SiluOperation).Inputs[0];
        var until = new Network(network.Layout, network.Operations.TakeWhile(operation => operation is not (ReluOperation or SiluOperation)), first);
        var responses = model.DataSets.Where(set => set.Name.EndsWith("-test", StringComparison.Ordinal) && !set.Name.StartsWith("mixed", StringComparison.Ordinal))
            .Select(set => until.Forward(model.Model.Parameters, set.Inputs))
            .ToArray();
        var channels = (int)network.Layout[0].Shape[0];
        var sizes = stack([.. responses.Select(values => values.reshape(values.shape[0], channels, -1).square().mean([0L, 2L]).sqrt())]);
        return (sizes.min() / sizes.mean()).ToDouble();
    }

    /// <summary>One perceptron that reads the whole canvas.</summary>
    private static (Network, IReadOnlyList<HiddenUnits>) Joined(ParameterLayout branches)
    {
        var (hidden, labels) = (branches["w1"].Shape[0], branches["w2"].Shape[0]);
        var network = new Network(
            new ParameterLayout([("w1", [hidden, GreyImage.Pixels]), ("w2", [labels, hidden])]),
            [
                new FlattenOperation { Inputs = ["x"], Output = "pixels" },
                new LinearOperation { Inputs = ["pixels"], Weight = "w1", Output = "pre" },
                new ReluOperation { Inputs = ["pre"], Output = "hidden" },
                new LinearOperation { Inputs = ["hidden"], Weight = "w2", Output = "logits" },
            ],
            "logits");
        return (network, [new((int)hidden, [new("w1", 0, 1), new("w2", 1, -1)], IsHomogeneous: true)]);
    }

    /// <summary>The same convolutions in one group.</summary>
    private static (Network, IReadOnlyList<HiddenUnits>) Ungrouped(Network branches)
    {
        long[] Whole(ParameterSlot slot)
        {
            var groups = branches.Operations.OfType<Conv2dOperation>().FirstOrDefault(convolution => convolution.Weight == slot.Name)?.Groups ?? 1;
            return slot.Shape.Count == 4 && groups > 1 ? [slot.Shape[0], slot.Shape[1] * groups, slot.Shape[2], slot.Shape[3]] : slot.ShapeArray();
        }

        var layout = new ParameterLayout(branches.Layout.Select(slot => (slot.Name, Whole(slot))));
        var network = new Network(
            layout, branches.Operations.Select(operation => operation is Conv2dOperation convolution ? convolution with { Groups = 1 } : operation), branches.Output);
        var channels = (int)layout["conv1"].Shape[0];
        return (network,
        [
            new(channels, [new("conv1", 0, 1), new("conv2", 1, -1)], IsHomogeneous: false),
            new((int)layout["conv2"].Shape[0], [new("conv2", 0, 1), new("dense", 1, -1)], IsHomogeneous: false),
        ]);
    }
}
