using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>A network, a point, samples and a loss, built from a spec. Belongs to the dispose scope in which it is built.</summary>
public sealed record Problem(Network Network, Tensor Parameters, DataSet Data, Loss Loss)
{
    public static Problem Create(NetworkSpec spec)
    {
        var random = new RandomSource((ulong)spec.Seed);
        var network = Mlp([spec.Inputs, .. Enumerable.Repeat((long)spec.Hidden, spec.Layers), spec.Outputs], spec.Activation);
        var parameters = tensor(random.Gaussians(network.Layout.Length)) * 0.7;
        var inputs = tensor(random.Gaussians(spec.Samples * spec.Inputs), [spec.Samples, spec.Inputs]);
        var targets = spec.Loss == LossKind.CrossEntropy
            ? tensor(Enumerable.Range(0, spec.Samples).Select(_ => (long)random.NextInt32(spec.Outputs)).ToArray())
            : tensor(random.Gaussians(spec.Samples * spec.Outputs), [spec.Samples, spec.Outputs]);
        var weights = spec.IsWeighted ? tensor(Enumerable.Range(0, spec.Samples).Select(_ => random.NextDouble(0.1, 3)).ToArray()) : null;
        return new Problem(network, parameters, new DataSet("all", inputs, targets, weights), new Loss(spec.Loss, spec.WeightDecay));
    }

    public LossLandscape Landscape(long batchSize = 4096, ScalarType dataType = ScalarType.Float64) =>
        new(Network, Loss, Data, new LandscapeOptions(batchSize, dataType));

    /// <summary>Linear layers with biases, an activation between any two.</summary>
    public static Network Mlp(IReadOnlyList<long> widths, Activation activation)
    {
        var tensors = new List<(string, long[])>();
        var operations = new List<Operation>();
        for (var i = 1; i < widths.Count; i++)
        {
            var input = i == 1 ? "x" : $"a{i - 1}";
            tensors.Add(($"w{i}", [widths[i], widths[i - 1]]));
            tensors.Add(($"b{i}", [widths[i]]));
            operations.Add(new LinearOperation { Inputs = [input], Output = $"z{i}", Weight = $"w{i}", Bias = $"b{i}" });
            if (i < widths.Count - 1)
                operations.Add(Activate(activation, $"z{i}", $"a{i}"));
        }
        return new Network(new ParameterLayout(tensors), operations, $"z{widths.Count - 1}");
    }

    private static Operation Activate(Activation activation, string input, string output) => activation switch
    {
        Activation.Relu => new ReluOperation { Inputs = [input], Output = output },
        Activation.Gelu => new GeluOperation { Inputs = [input], Output = output },
        Activation.Silu => new SiluOperation { Inputs = [input], Output = output },
        _ => new SquareOperation { Inputs = [input], Output = output },
    };
}
