using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Three small independent networks side by side (toymodels.md A2): disjoint inputs, outputs and parameters, summed losses. The Hessian is block
/// diagonal at every θ and for every target, and its spectrum is the union of the blocks' spectra.
/// </summary>
/// <remarks>
/// Targets are θ*'s own outputs plus fixed Gaussian noise, as if the network had generated noisy data: residuals are small and of both signs, so the
/// gradient is not zero and the Hessian is neither its Gauss–Newton part nor positive definite, and a method that assumes either is caught.
/// </remarks>
public static class DirectSum
{
    internal const int Blocks = 3;
    internal const int InputsPerBlock = 3;
    internal const int OutputsPerBlock = 2;
    private const string Name = "direct-sum";
    private const int Hidden = 4;
    private const int Samples = 256;
    private const double NoiseLevel = 0.1;

    /// <summary>About what the draw of weights has on average: √(4 + 4·0.3² + 2 + 2·0.3²).</summary>
    private const double BlockNorm = 2.5;

    /// <summary>The catalogue's entry.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() =>
    [
        new(
            Name,
            $"{Blocks} independent networks {InputsPerBlock} → {Hidden} SiLU → {OutputsPerBlock} on disjoint inputs, outputs and parameters, with the squared "
            + "error summed. Truth: f(x) = f₁(x₁) ⊕ f₂(x₂) ⊕ f₃(x₃); one subnetwork per block; the Hessian is block diagonal and its spectrum is "
            + "the union of the blocks' spectra.",
            Name,
            Create),
    ];

    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    public static ToyModel Create(ulong seed)
    {
        var layout = Layout();
        var network = Architecture(layout);
        var parameters = tensor(Weights(layout, RandomSource.Named(seed, "direct-sum/weights")));
        var data = Data(network, parameters, seed);
        var loss = new Loss(LossKind.MeanSquaredError);
        IReadOnlyList<HiddenUnits> units =
        [
            .. Enumerable.Range(0, Blocks).Select(block => new HiddenUnits(
                Hidden, [new($"w1.{block}", 0, 1), new($"b1.{block}", 0, 1), new($"w2.{block}", 1, -1)], IsHomogeneous: false)),
        ];
        return new ToyModel
        {
            Id = Name,
            Seed = seed,
            Model = new Model(network, parameters, loss),
            DataSets = [data],
            Truth = Plant(layout, parameters, data),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = DirectSumCertificate.Create(),
            // Nothing connects the blocks: whoever follows the weights from input to output sees them.
            IsReadable = true,
        };
    }

    /// <summary>Names of a block's tensors. The layer comes first: a name's prefix says the layer, not the block.</summary>
    internal static IReadOnlyList<string> Tensors(int block) => [$"w1.{block}", $"b1.{block}", $"w2.{block}", $"b2.{block}"];

    /// <summary>The operations of one block, reading <paramref name="input"/> <c>[N, 3]</c> and defining <c>y.block</c> <c>[N, 2]</c>.</summary>
    internal static IEnumerable<Operation> BlockOperations(int block, string input) =>
    [
        new LinearOperation { Inputs = [input], Weight = $"w1.{block}", Bias = $"b1.{block}", Output = $"pre.{block}" },
        new SiluOperation { Inputs = [$"pre.{block}"], Output = $"hidden.{block}" },
        new LinearOperation { Inputs = [$"hidden.{block}"], Weight = $"w2.{block}", Bias = $"b2.{block}", Output = $"y.{block}" },
    ];

    private static ParameterLayout Layout() => new(Enumerable.Range(0, Blocks).SelectMany(block => Tensors(block).Zip(Shapes())));

    private static IEnumerable<long[]> Shapes() => [[Hidden, InputsPerBlock], [Hidden], [OutputsPerBlock, Hidden], [OutputsPerBlock]];

    private static Network Architecture(ParameterLayout layout)
    {
        var operations = Enumerable.Range(0, Blocks).SelectMany(block => (IEnumerable<Operation>)
        [
            new SliceOperation { Inputs = ["x"], Start = block * InputsPerBlock, End = (block + 1) * InputsPerBlock, Output = $"x.{block}" },
            .. BlockOperations(block, $"x.{block}"),
        ]);
        var join = new ConcatOperation { Inputs = [.. Enumerable.Range(0, Blocks).Select(block => $"y.{block}")], Output = "y" };
        return new Network(layout, [.. operations, join], "y");
    }

    /// <summary>Matrices <c>N(0, 1/fan_in)</c>, biases <c>N(0, 0.3²)</c>; then each block is scaled to the same norm.</summary>
    /// <remarks>With equal norms and dimensions θ* says nothing about the blocks: as a direction it is exactly at chance.</remarks>
    private static double[] Weights(ParameterLayout layout, RandomSource random)
    {
        var weights = layout.SelectMany(slot =>
        {
            var deviation = slot.Shape.Count == 2 ? 1 / Math.Sqrt(slot.Shape[1]) : 0.3;
            return random.Gaussians(slot.Length).Select(value => value * deviation);
        }).ToArray();
        var length = weights.Length / Blocks;
        foreach (var block in Enumerable.Range(0, Blocks).Select(block => weights.AsMemory(block * length, length)))
        {
            var norm = Math.Sqrt(block.Span.ToArray().Sum(value => value * value));
            foreach (ref var value in block.Span)
                value *= BlockNorm / norm;
        }
        return weights;
    }

    private static DataSet Data(Network network, Tensor parameters, ulong seed)
    {
        const int width = Blocks * InputsPerBlock;
        var inputs = tensor(RandomSource.Named(seed, "direct-sum/inputs").Gaussians(Samples * width), [Samples, width]);
        using var scope = NewDisposeScope();
        using var nograd = no_grad();
        var outputs = network.Forward(parameters, inputs);
        var noise = tensor(RandomSource.Named(seed, "direct-sum/noise").Gaussians(outputs.numel()), outputs.shape);
        return new DataSet("all", inputs, (outputs + NoiseLevel * noise).MoveToOuterDisposeScope());
    }

    private static Truth Plant(ParameterLayout layout, Tensor parameters, DataSet data)
    {
        var planted = Enumerable.Range(0, Blocks).Select(block => Plants.Block(
            $"block {block}",
            layout.Length,
            Tensors(block).SelectMany(name => Enumerable.Range((int)layout[name].Offset, (int)layout[name].Length).Select(index => (long)index)),
            parameters,
            Plants.AlwaysActive(data),
            Plants.Coordinates(Blocks * OutputsPerBlock, Enumerable.Range(block * OutputsPerBlock, OutputsPerBlock).Select(index => (long)index))));
        return new Truth(
            "f(x) = f₁(x₁) ⊕ f₂(x₂) ⊕ f₃(x₃); the Hessian is block diagonal; one subnetwork per block.",
            TruthGrade.Exact, [.. planted], [.. layout.Select(slot => slot.Name)]);
    }
}
