using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>Softmax regression on pixels, what a network on images has to beat: fitted in 150 steps of Adam to images with ten labels.</summary>
internal sealed class LinearClassifier
{
    private const int BatchSize = 2000;

    private readonly Network _network;
    private readonly Tensor _weights;

    internal LinearClassifier(Tensor images, Tensor labels)
    {
        var layout = new ParameterLayout([("w", [10, images[0].numel()]), ("b", [10])]);
        _network = new Network(
            layout,
            [
                new FlattenOperation { Inputs = ["x"], Output = "pixels" },
                new LinearOperation { Inputs = ["pixels"], Weight = "w", Bias = "b", Output = "logits" },
            ],
            "logits");
        var weights = new double[layout.Length];
        var inputs = images.to(float32);
        var run = new TrainingRun(_network, new Loss(LossKind.CrossEntropy), 150, BatchSize, 2e-2) { Precision = ScalarType.Float32 };
        var step = 0L;
        (Tensor, Tensor) Batch(int size)
        {
            var start = step++ % (labels.shape[0] / size) * size;
            return (inputs.narrow(0, start, size), labels.narrow(0, start, size));
        }

        run.Descend(weights, Batch, new TrainingWatch());
        _weights = tensor(weights);
    }

    /// <summary>Share of the samples that it labels as they are.</summary>
    internal double Accuracy(DataSet data) => _network.Forward(_weights, data.Inputs).argmax(1).eq(data.Targets).to(float64).mean().ToDouble();
}
