using Harness.Models;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Three identity layers between one-hot inputs and a softmax on the same index (toymodels.md A6): <c>z = I·I·I·onehot(x)</c>. Each index i is one chain,
/// the rank-1 part <c>e_i e_iᵀ</c> of every layer. All singular values are equal, so no factorisation of the weights can tell the chains apart: only the
/// inputs can.
/// </summary>
/// <remarks>The two hidden spaces between layers are linear: rotated, the layers are dense and nothing can be read off them.</remarks>
public static class DeepLinear
{
    internal const int Depth = 3;
    private const string Name = "deep-linear";
    private const int Width = 8;

    /// <summary>The catalogue's entry.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() =>
    [
        new(
            Name,
            $"{Depth} identity layers of width {Width} from a one-hot input to the logits of the same index. Truth: each layer is Σ_i e_i e_iᵀ; part i of all "
            + "layers is one subnetwork, active on input i only.",
            Name,
            Create),
    ];

    /// <summary>Builds the model, which is the same for every seed. Its tensors belong to the caller's dispose scope.</summary>
    public static ToyModel Create(ulong seed)
    {
        var layout = new ParameterLayout(Enumerable.Range(0, Depth).Select(layer => (Layer(layer), new long[] { Width, Width })));
        var parameters = tensor([.. Enumerable.Range(0, Depth * Width * Width).Select(k => k % (Width * Width) % (Width + 1) == 0 ? 1.0 : 0)]);
        var indices = Enumerable.Range(0, Width).Select(index => (long)index).ToArray();
        var loss = new Loss(LossKind.CrossEntropy);
        IReadOnlyList<HiddenUnits> units =
        [
            .. Enumerable.Range(0, Depth - 1).Select(layer => new HiddenUnits(
                Width, [new(Layer(layer), 0, 1), new(Layer(layer + 1), 1, -1)], IsHomogeneous: true) { IsLinear = true }),
        ];
        return new ToyModel
        {
            Id = Name,
            Seed = seed,
            Model = new Model(Architecture(layout), parameters, loss),
            DataSets = [new DataSet("all", tensor(indices), tensor(indices))],
            Truth = Plant(layout, parameters),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = DeepLinearCertificate.Create(),
            // Undisguised, and in any order of the units, a chain's weights touch no other's.
            IsReadable = true,
        };
    }

    private static string Layer(int layer) => $"layer.{layer}";

    private static Network Architecture(ParameterLayout layout) => new(
        layout,
        [
            new OneHotOperation { Inputs = ["x"], Classes = Width, Output = "hidden.0" },
            .. Enumerable.Range(0, Depth).Select(layer => new LinearOperation
            {
                Inputs = [$"hidden.{layer}"], Weight = Layer(layer), Output = $"hidden.{layer + 1}",
            }),
        ],
        $"hidden.{Depth}");

    private static Truth Plant(ParameterLayout layout, Tensor parameters)
    {
        var planted = Enumerable.Range(0, Width).Select(i => Plants.Block(
            $"index {i}",
            layout.Length,
            layout.Select(slot => slot.Offset + i * (Width + 1)),
            parameters,
            new Dictionary<string, bool[]> { ["all"] = [.. Enumerable.Range(0, Width).Select(index => index == i)] },
            Plants.Coordinates(Width, [i])));
        return new Truth(
            "each layer is Σ_i e_i e_iᵀ; part i of all layers is one subnetwork, active on input i.",
            TruthGrade.Exact, [.. planted], [.. layout.Select(slot => slot.Name)]);
    }
}
