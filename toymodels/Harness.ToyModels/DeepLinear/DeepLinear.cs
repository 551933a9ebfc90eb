using Harness.Models;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Identity layers between one-hot inputs and a softmax on the same index (toymodels.md A6): <c>z = I·…·I·onehot(x)</c>. Each index i is one chain,
/// the rank-1 part <c>e_i e_iᵀ</c> of every layer. All singular values are equal, so no factorisation of the weights can tell the chains apart: only the
/// inputs can.
/// </summary>
/// <remarks>The hidden spaces between layers are linear: rotated, the layers are dense and nothing can be read off them.</remarks>
public static class DeepLinear
{
    private const string FamilyName = "deep-linear";

    /// <summary>Width 8, three layers, P = 192.</summary>
    public static DeepLinearSpec Quick { get; } = new(8, 3);

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => [Entry(FamilyName, Quick), Entry("deep-linear-32", new DeepLinearSpec(32, 5))];

    /// <summary>Builds the model, which is the same for every seed. Its tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">There are fewer than two indices or layers.</exception>
    public static ToyModel Create(DeepLinearSpec spec, ulong seed, string id = FamilyName)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Check();
        var (width, depth) = (spec.Width, spec.Depth);
        var layout = new ParameterLayout(Enumerable.Range(0, depth).Select(layer => (Layer(layer), new long[] { width, width })));
        var parameters = tensor([.. Enumerable.Range(0, depth * width * width).Select(k => k % (width * width) % (width + 1) == 0 ? 1.0 : 0)]);
        var indices = Enumerable.Range(0, width).Select(index => (long)index).ToArray();
        var loss = new Loss(LossKind.CrossEntropy);
        IReadOnlyList<HiddenUnits> units =
        [
            .. Enumerable.Range(0, depth - 1).Select(layer => new HiddenUnits(
                width, [new(Layer(layer), 0, 1), new(Layer(layer + 1), 1, -1)], IsHomogeneous: true) { IsLinear = true }),
        ];
        return new ToyModel
        {
            Id = id,
            Seed = seed,
            Model = new Model(Architecture(spec, layout), parameters, loss),
            DataSets = [new DataSet("all", tensor(indices), tensor(indices))],
            Truth = Plant(spec, layout, parameters),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = DeepLinearCertificate.Of(spec),
            // Undisguised, and in any order of the units, a chain's weights touch no other's.
            IsReadable = true,
        };
    }

    private static ToyModelEntry Entry(string id, DeepLinearSpec spec) => new(
        id,
        $"{spec.Depth} identity layers of width {spec.Width} from a one-hot input to the logits of the same index. Truth: each layer is Σ_i e_i e_iᵀ; part i of all "
        + "layers is one subnetwork, active on input i only.",
        FamilyName,
        seed => Create(spec, seed, id));

    private static string Layer(int layer) => $"layer.{layer}";

    private static Network Architecture(DeepLinearSpec spec, ParameterLayout layout) => new(
        layout,
        [
            new OneHotOperation { Inputs = ["x"], Classes = spec.Width, Output = "hidden.0" },
            .. Enumerable.Range(0, spec.Depth).Select(layer => new LinearOperation
            {
                Inputs = [$"hidden.{layer}"], Weight = Layer(layer), Output = $"hidden.{layer + 1}",
            }),
        ],
        $"hidden.{spec.Depth}");

    private static Truth Plant(DeepLinearSpec spec, ParameterLayout layout, Tensor parameters)
    {
        var planted = Enumerable.Range(0, spec.Width).Select(i => Plants.Block(
            $"index {i}",
            layout.Length,
            layout.Select(slot => slot.Offset + i * (spec.Width + 1)),
            parameters,
            new Dictionary<string, bool[]> { ["all"] = [.. Enumerable.Range(0, spec.Width).Select(index => index == i)] },
            Plants.Coordinates(spec.Width, [i])));
        return new Truth(
            "each layer is Σ_i e_i e_iᵀ; part i of all layers is one subnetwork, active on input i.",
            TruthGrade.Exact, [.. planted], [.. layout.Select(slot => slot.Name)]);
    }
}
