using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Small independent networks side by side (toymodels.md A2): disjoint inputs, outputs and parameters, summed losses. The Hessian is block
/// diagonal at every θ and for every target, and its spectrum is the union of the blocks' spectra.
/// </summary>
/// <remarks>
/// Targets are θ*'s own outputs plus fixed Gaussian noise, as if the network had generated noisy data: residuals are small and of both signs, so the
/// gradient is not zero and the Hessian is neither its Gauss–Newton part nor positive definite, and a method that assumes either is caught.
/// </remarks>
public static class DirectSum
{
    internal const string FamilyName = "direct-sum";
    private const int Samples = 256;
    private const double NoiseLevel = 0.1;

    /// <summary>Three networks 3 → 4 → 2, P = 78.</summary>
    public static DirectSumSpec Quick { get; } = new(3, 3, 4, 2);

    /// <summary>Eight networks 4 → 8 → 3, P = 536.</summary>
    public static DirectSumSpec Full { get; } = new(8, 4, 8, 3);

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => [Entry(FamilyName, Quick), Entry("direct-sum-8", Full)];

    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">There are fewer than two blocks, or nothing in them.</exception>
    public static ToyModel Create(DirectSumSpec spec, ulong seed, string id = FamilyName)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Check();
        var layout = Layout(spec);
        var network = Architecture(spec, layout);
        var parameters = tensor(Weights(spec, layout, RandomSource.Named(seed, "direct-sum/weights")));
        var data = Data(spec, network, parameters, seed);
        var loss = new Loss(LossKind.MeanSquaredError);
        IReadOnlyList<HiddenUnits> units =
        [
            .. Enumerable.Range(0, spec.Blocks).Select(block => new HiddenUnits(
                spec.Hidden, [new($"w1.{block}", 0, 1), new($"b1.{block}", 0, 1), new($"w2.{block}", 1, -1)], IsHomogeneous: false)),
        ];
        return new ToyModel
        {
            Id = id,
            Seed = seed,
            Model = new Model(network, parameters, loss),
            DataSets = [data],
            Truth = Plant(spec, layout, parameters, data),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = DirectSumCertificate.Of(spec),
            // Nothing connects the blocks: whoever follows the weights from input to output sees them.
            IsReadable = true,
        };
    }

    /// <summary>Names of a block's tensors. The layer comes first: a name's prefix says the layer, not the block.</summary>
    internal static IReadOnlyList<string> Tensors(int block) => [$"w1.{block}", $"b1.{block}", $"w2.{block}", $"b2.{block}"];

    /// <summary>The operations of one block, reading <paramref name="input"/> <c>[N, inputs]</c> and defining <c>y.block</c> <c>[N, outputs]</c>.</summary>
    internal static IEnumerable<Operation> BlockOperations(int block, string input) =>
    [
        new LinearOperation { Inputs = [input], Weight = $"w1.{block}", Bias = $"b1.{block}", Output = $"pre.{block}" },
        new SiluOperation { Inputs = [$"pre.{block}"], Output = $"hidden.{block}" },
        new LinearOperation { Inputs = [$"hidden.{block}"], Weight = $"w2.{block}", Bias = $"b2.{block}", Output = $"y.{block}" },
    ];

    private static ToyModelEntry Entry(string id, DirectSumSpec spec) => new(
        id,
        $"{spec.Blocks} independent networks {spec.Inputs} → {spec.Hidden} SiLU → {spec.Outputs} on disjoint inputs, outputs and parameters, with the squared "
        + $"error summed. Truth: {Sum(spec)}; one subnetwork per block; the Hessian is block diagonal and its spectrum is "
        + "the union of the blocks' spectra.",
        FamilyName,
        seed => Create(spec, seed, id));

    private static string Sum(DirectSumSpec spec) =>
        $"f(x) = {(spec.Blocks == 3 ? "f₁(x₁) ⊕ f₂(x₂) ⊕ f₃(x₃)" : $"f₁(x₁) ⊕ f₂(x₂) ⊕ … of {spec.Blocks} blocks")}";

    private static ParameterLayout Layout(DirectSumSpec spec) => new(Enumerable.Range(0, spec.Blocks).SelectMany(block => Tensors(block).Zip(Shapes(spec))));

    private static IEnumerable<long[]> Shapes(DirectSumSpec spec) => [[spec.Hidden, spec.Inputs], [spec.Hidden], [spec.Outputs, spec.Hidden], [spec.Outputs]];

    private static Network Architecture(DirectSumSpec spec, ParameterLayout layout)
    {
        var operations = Enumerable.Range(0, spec.Blocks).SelectMany(block => (IEnumerable<Operation>)
        [
            new SliceOperation { Inputs = ["x"], Start = block * spec.Inputs, End = (block + 1) * spec.Inputs, Output = $"x.{block}" },
            .. BlockOperations(block, $"x.{block}"),
        ]);
        var join = new ConcatOperation { Inputs = [.. Enumerable.Range(0, spec.Blocks).Select(block => $"y.{block}")], Output = "y" };
        return new Network(layout, [.. operations, join], "y");
    }

    /// <summary>Matrices <c>N(0, 1/fan_in)</c>, biases <c>N(0, 0.3²)</c>; then each block is scaled to the same norm.</summary>
    /// <remarks>With equal norms and dimensions θ* says nothing about the blocks: as a direction it is exactly at chance.</remarks>
    private static double[] Weights(DirectSumSpec spec, ParameterLayout layout, RandomSource random)
    {
        var weights = layout.SelectMany(slot =>
        {
            var deviation = slot.Shape.Count == 2 ? 1 / Math.Sqrt(slot.Shape[1]) : 0.3;
            return random.Gaussians(slot.Length).Select(value => value * deviation);
        }).ToArray();
        var length = spec.PerBlock;
        foreach (var block in Enumerable.Range(0, spec.Blocks).Select(block => weights.AsMemory(block * length, length)))
        {
            var norm = Math.Sqrt(block.Span.ToArray().Sum(value => value * value));
            foreach (ref var value in block.Span)
                value *= spec.BlockNorm / norm;
        }
        return weights;
    }

    private static DataSet Data(DirectSumSpec spec, Network network, Tensor parameters, ulong seed)
    {
        var width = spec.Blocks * spec.Inputs;
        var inputs = tensor(RandomSource.Named(seed, "direct-sum/inputs").Gaussians(Samples * width), [Samples, width]);
        using var scope = NewDisposeScope();
        using var nograd = no_grad();
        var outputs = network.Forward(parameters, inputs);
        var noise = tensor(RandomSource.Named(seed, "direct-sum/noise").Gaussians(outputs.numel()), outputs.shape);
        return new DataSet("all", inputs, (outputs + NoiseLevel * noise).MoveToOuterDisposeScope());
    }

    private static Truth Plant(DirectSumSpec spec, ParameterLayout layout, Tensor parameters, DataSet data)
    {
        var planted = Enumerable.Range(0, spec.Blocks).Select(block => Plants.Block(
            $"block {block}",
            layout.Length,
            Tensors(block).SelectMany(name => Enumerable.Range((int)layout[name].Offset, (int)layout[name].Length).Select(index => (long)index)),
            parameters,
            Plants.AlwaysActive(data),
            Plants.Coordinates(spec.Blocks * spec.Outputs, Enumerable.Range(block * spec.Outputs, spec.Outputs).Select(index => (long)index))));
        return new Truth(
            $"{Sum(spec)}; the Hessian is block diagonal; one subnetwork per block.",
            TruthGrade.Exact, [.. planted], [.. layout.Select(slot => slot.Name)]);
    }
}
