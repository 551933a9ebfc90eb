using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Conformance;

/// <summary>A fully connected network with Gaussian weights and data, rebuilt from these numbers alone.</summary>
internal sealed record Perceptron(string Name, IReadOnlyList<int> Widths, string Activation, LossKind Loss, ulong Seed)
{
    private const int Samples = 24;

    private int Layers => Widths.Count - 1;

    internal ConformanceSubject AsSubject() => new(Name, () => Subject(new IdentityMap(Layout().Length)), () =>
    {
        var map = Permutation();
        return (Subject(map), map);
    });

    private ParameterLayout Layout() => new(Enumerable.Range(0, Layers).SelectMany(layer => new (string, long[])[]
    {
        ($"w{layer}", [Widths[layer + 1], Widths[layer]]), ($"b{layer}", [Widths[layer + 1]]),
    }));

    private Subject Subject(ILinearMap map)
    {
        var layout = Layout();
        var random = RandomSource.Named(Seed, "conformance");
        var inputs = tensor(random.Gaussians(Samples * Widths[0])).reshape(Samples, Widths[0]);
        var targets = Loss == LossKind.CrossEntropy
            ? tensor(Enumerable.Range(0, Samples).Select(_ => (long)random.NextInt32(Widths[^1])).ToArray())
            : tensor(random.Gaussians(Samples * Widths[^1])).reshape(Samples, Widths[^1]);
        var parameters = map.Apply(tensor(random.Gaussians(layout.Length)).unsqueeze(0)).squeeze(0);
        var network = new Network(layout, Enumerable.Range(0, Layers).SelectMany(Layer), $"pre{Layers - 1}");
        return new Subject(new Model(network, parameters, new Loss(Loss)), [new DataSet("all", inputs, targets)]);
    }

    private IEnumerable<Operation> Layer(int layer)
    {
        yield return new LinearOperation
        {
            Inputs = [layer == 0 ? "x" : $"h{layer - 1}"], Weight = $"w{layer}", Bias = $"b{layer}", Output = $"pre{layer}",
        };
        if (layer < Layers - 1)
            yield return Activation == "square"
                ? new SquareOperation { Inputs = [$"pre{layer}"], Output = $"h{layer}" }
                : new ReluOperation { Inputs = [$"pre{layer}"], Output = $"h{layer}" };
    }

    /// <summary>Unit i of the twin is unit <c>order[i]</c> of the original, in every hidden layer.</summary>
    private MonomialMap Permutation()
    {
        var layout = Layout();
        var random = RandomSource.Named(Seed, "conformance permutation");
        var orders = Widths
            .Select((width, layer) => layer == 0 || layer == Layers ? [.. Enumerable.Range(0, width)] : random.Permutation(width)).ToArray();
        var source = new List<long>();
        for (var layer = 0; layer < Layers; layer++)
        {
            var (weight, bias) = (layout[$"w{layer}"], layout[$"b{layer}"]);
            source.AddRange(orders[layer + 1].SelectMany(row => orders[layer].Select(column => weight.Offset + row * Widths[layer] + column)));
            source.AddRange(orders[layer + 1].Select(row => bias.Offset + row));
        }
        return new MonomialMap([.. source], [.. source.Select(_ => 1.0)]);
    }
}
