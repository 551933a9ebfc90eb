using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// The residual perceptron in its exact reduced form. With the fixed embedding E <c>[n, D]</c> it is <c>r₀ = xE</c>, <c>r_l = r_{l−1} + W_out,l
/// ReLU(W_in,l r_{l−1})</c>, <c>y = r_L Eᵀ</c>. Only three kinds of products of its weights reach the output: <c>in_l = W_in,l Eᵀ</c>,
/// <c>out_l = E W_out,l</c>, and from layer to layer <c>link = W_in,l W_out,k</c>; where D is large enough they are free. They are the parameters here:
/// <c>h_l = ReLU(in_l x + link_l [h_1 … h_{l−1}])</c>, <c>y = EEᵀx + Σ out_l h_l</c>.
/// </summary>
internal static class CompressedComputationNetwork
{
    internal const string Gram = "gram";

    private const string Embed = "embed";
    private const string Unembed = "unembed";

    /// <summary>Parameters in layout order: <c>in1 [d₁, n]</c>, <c>out1 [n, d₁]</c>, and from the second layer on <c>link2 [d₂, d₁]</c> too.</summary>
    internal static ParameterLayout Layout(CompressedComputationSpec spec) => new(Enumerable.Range(1, spec.Neurons.Count).SelectMany(layer =>
    {
        var (width, before) = (spec.Neurons[layer - 1], spec.Neurons.Take(layer - 1).Sum());
        IEnumerable<(string, long[])> slots = [($"in{layer}", [width, spec.Features]), ($"out{layer}", [spec.Features, width])];
        return layer == 1 ? slots : slots.Append(($"link{layer}", [width, before]));
    }));

    /// <summary>Tensors in which every feature has its own column (<c>in</c>) or row (<c>out</c>); links belong to no feature.</summary>
    internal static IEnumerable<string> FeatureTensors(CompressedComputationSpec spec) =>
        Enumerable.Range(1, spec.Neurons.Count).SelectMany(layer => new[] { $"in{layer}", $"out{layer}" });

    /// <summary>The network; <paramref name="gram"/> is <c>EEᵀ</c> <c>[n, n]</c>, null for the identity.</summary>
    internal static Network Architecture(CompressedComputationSpec spec, Tensor? gram) => new(
        Layout(spec),
        [
            .. gram is null ? [] : new Operation[] { new MatmulOperation { Inputs = ["x", Gram], Output = "y0" } },
            .. Enumerable.Range(1, spec.Neurons.Count).SelectMany(layer => Layer(layer, gram is null && layer == 1 ? "x" : $"y{layer - 1}")),
        ],
        $"y{spec.Neurons.Count}",
        constants: gram is null ? null : new Dictionary<string, Tensor> { [Gram] = gram });

    /// <summary>The neurons of each layer, with every axis that runs over them: later layers read them through their links.</summary>
    internal static IReadOnlyList<HiddenUnits> Units(CompressedComputationSpec spec) =>
    [
        .. Enumerable.Range(1, spec.Neurons.Count).Select(layer => new HiddenUnits(
            spec.Neurons[layer - 1],
            [
                new($"in{layer}", 0, 1), new($"out{layer}", 1, -1), .. layer > 1 ? [new HiddenAxis($"link{layer}", 0, 1)] : (HiddenAxis[])[],
                .. Enumerable.Range(layer + 1, spec.Neurons.Count - layer)
                    .Select(later => new HiddenAxis($"link{later}", 1, -1, Start: spec.Neurons.Take(layer - 1).Sum())),
            ],
            IsHomogeneous: true)),
    ];

    /// <summary>
    /// The residual network itself, of one layer and with an embedding as wide as there are features: <c>r₀ = Ex</c>, <c>r₁ = r₀ + out·ReLU(in·r₀)</c>,
    /// <c>y = Ur₁</c>. E = U = 1 unless the stream is rotated.
    /// </summary>
    internal static Network Residual(CompressedComputationSpec spec) => new(
        Layout(spec),
        [
            new LinearOperation { Inputs = ["x"], Weight = Embed, Output = "stream0" },
            new LinearOperation { Inputs = ["stream0"], Weight = "in1", Output = "pre1" },
            new ReluOperation { Inputs = ["pre1"], Output = "hidden1" },
            new LinearOperation { Inputs = ["hidden1"], Weight = "out1", Output = "written1" },
            new AddOperation { Inputs = ["stream0", "written1"], Output = "stream1" },
            new LinearOperation { Inputs = ["stream1"], Weight = Unembed, Output = "y" },
        ],
        "y",
        constants: new Dictionary<string, Tensor> { [Embed] = eye(spec.Features, dtype: float64), [Unembed] = eye(spec.Features, dtype: float64) });

    /// <summary>The neurons of that network, and its stream.</summary>
    internal static IReadOnlyList<HiddenUnits> ResidualUnits(CompressedComputationSpec spec) =>
    [
        .. Units(spec),
        new(spec.Features, [new(Embed, 0, 1), new("in1", 1, -1), new("out1", 0, 1), new(Unembed, 1, -1)], IsHomogeneous: true) { IsLinear = true },
    ];

    /// <summary>
    /// <c>EEᵀ</c> for n random unit vectors of ℝᴰ; null where the model has no embedding. <c>M = 1 − EEᵀ</c> is what the network has to add.
    /// </summary>
    internal static Tensor? GramMatrix(CompressedComputationSpec spec, ulong seed)
    {
        if (spec.EmbeddingWidth is not { } width)
            return null;
        using var scope = NewDisposeScope();
        var embedding = Embedding(spec.Features, width, RandomSource.Named(seed, $"{spec.Id}/embedding"));
        return embedding.matmul(embedding.t()).MoveToOuterDisposeScope();
    }

    /// <summary>E <c>[n, D]</c>: rows are uniform on the unit sphere.</summary>
    internal static Tensor Embedding(int features, int width, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(random.Gaussians((long)features * width), [features, width]);
        return (rows / rows.square().sum(1, true).sqrt()).MoveToOuterDisposeScope();
    }

    private static IEnumerable<Operation> Layer(int layer, string before)
    {
        yield return new LinearOperation { Inputs = ["x"], Weight = $"in{layer}", Output = layer == 1 ? "pre1" : $"own{layer}" };
        if (layer > 1)
        {
            var hidden = "hidden1";
            if (layer > 2)
                yield return new ConcatOperation { Inputs = [.. Enumerable.Range(1, layer - 1).Select(k => $"hidden{k}")], Output = hidden = $"earlier{layer}" };
            yield return new LinearOperation { Inputs = [hidden], Weight = $"link{layer}", Output = $"linked{layer}" };
            yield return new AddOperation { Inputs = [$"own{layer}", $"linked{layer}"], Output = $"pre{layer}" };
        }
        yield return new ReluOperation { Inputs = [$"pre{layer}"], Output = $"hidden{layer}" };
        yield return new LinearOperation { Inputs = [$"hidden{layer}"], Weight = $"out{layer}", Output = $"sum{layer}" };
        yield return new AddOperation { Inputs = [before, $"sum{layer}"], Output = $"y{layer}" };
    }
}
