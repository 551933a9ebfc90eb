using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Toy models of superposition (toymodels.md B1): <c>x̂ = ReLU(WᵀWx + b)</c>, or <c>ReLU(W_dec W_enc x + b)</c> untied, or <c>ReLU(Wᵀ I W x + b)</c> with
/// an identity layer, on sparse features.
/// </summary>
/// <remarks>
/// N. Elhage et al., "Toy Models of Superposition", 2022. The hidden layer is linear, so its units may be
/// permuted; untied they may also be rescaled (tied not: the one tensor is both incoming and outgoing).
/// </remarks>
public static class Superposition
{
    private const string FamilyName = "superposition";
    private const int Samples = 2048;

    /// <summary>The shipped models.</summary>
    public static IReadOnlyList<SuperpositionSpec> Specs { get; } =
    [
        new("superposition-5-2", 5, 2, IsTied: true),
        new("superposition-5-2-untied", 5, 2, IsTied: false) { BiasShift = -1e-3 },
        new("superposition-5-5", 5, 5, IsTied: true) { BiasShift = -1e-3 },
        new("superposition-40-10", 40, 10, IsTied: true) { Schedule = new(2000, 2048, 0, 1) },
        new("superposition-5-2-identity", 5, 2, IsTied: true) { HasIdentity = true },
        new("superposition-40-10-identity", 40, 10, IsTied: true) { HasIdentity = true, Schedule = new(2000, 2048, 0, 1) },
    ];

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => Specs.Select(spec => new ToyModelEntry(
        spec.Id,
        $"{spec.Features} sparse features through {spec.Hidden} linear hidden units{(spec.HasIdentity ? ", an identity layer" : "")} and back, {Formula(spec)}, "
        + $"trained{Geometry(spec)}. Truth: W = Σ_i W[:,i]e_iᵀ; feature i is one subnetwork, {Parts(spec)}, active where x_i > 0"
        + $"{(spec.HasIdentity ? $"; the identity layer is one more, of rank {spec.Hidden}" : "")}.",
        FamilyName,
        seed => Create(spec, seed)));

    /// <summary>How each of them is trained.</summary>
    internal static IEnumerable<TrainingRecipe> Recipes() => Specs.Select(Recipe);

    /// <summary>How a model of this kind is trained.</summary>
    internal static TrainingRecipe Recipe(SuperpositionSpec spec) => new(
        spec.Id,
        Attempts: 8,
        (seed, attempt, watch) => SuperpositionTraining.Train(spec, seed, attempt, watch),
        (seed, parameters) => WithParameters(spec, seed, parameters),
        SuperpositionQuality.Bar(spec));

    /// <summary>The approved weights for seed 0; any other seed is trained here and now, in seconds.</summary>
    /// <exception cref="FixtureException">The approved weights are missing or not those that were approved.</exception>
    /// <exception cref="InvalidOperationException">Training from this seed missed the quality bar in every attempt.</exception>
    public static ToyModel Create(SuperpositionSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Recipe(spec).Create(seed, Layout(spec));
    }

    /// <summary>The model at given parameters <c>[P]</c>, which need not be good ones: the certificate says.</summary>
    public static ToyModel WithParameters(SuperpositionSpec spec, ulong seed, Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(parameters);
        var inputs = SparseFeatures.Sample(RandomSource.Named(seed, $"{spec.Id}/data"), Samples, spec.Features);
        var data = new DataSet("all", inputs, inputs);
        var loss = new Loss(LossKind.MeanSquaredError);
        IReadOnlyList<HiddenUnits> units =
        [
            (spec.IsTied
                ? new HiddenUnits(
                    spec.Hidden, [new("w", 0, 1), .. spec.HasIdentity ? [new(Identity, 0, 1), new(Identity, 1, -1)] : (HiddenAxis[])[]],
                    IsHomogeneous: false)
                : new HiddenUnits(spec.Hidden, [new("w_enc", 0, 1), new("w_dec", 1, -1)], IsHomogeneous: true)) with { IsLinear = true },
        ];
        return new ToyModel
        {
            Id = spec.Id,
            Seed = seed,
            Model = new Model(Architecture(spec), parameters, loss),
            DataSets = [data],
            Truth = Plant(spec, parameters, data),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = SuperpositionCertificate.Of(spec),
        };
    }

    /// <summary>Name of the identity layer.</summary>
    internal const string Identity = "identity";

    /// <summary>Parameters of a model, in layout order.</summary>
    internal static ParameterLayout Layout(SuperpositionSpec spec) => (spec.IsTied, spec.HasIdentity) switch
    {
        (true, false) => new([("w", [spec.Hidden, spec.Features]), ("b", [spec.Features])]),
        (true, true) => new([("w", [spec.Hidden, spec.Features]), (Identity, [spec.Hidden, spec.Hidden]), ("b", [spec.Features])]),
        (false, false) => new([("w_enc", [spec.Hidden, spec.Features]), ("w_dec", [spec.Features, spec.Hidden]), ("b", [spec.Features])]),
        _ => throw new ArgumentException($"'{spec.Id}': an identity layer goes with tied weights.", nameof(spec)),
    };

    /// <summary>The network of a model.</summary>
    internal static Network Architecture(SuperpositionSpec spec) => new(
        Layout(spec),
        [
            new LinearOperation { Inputs = ["x"], Weight = spec.IsTied ? "w" : "w_enc", Output = "hidden" },
            .. spec.HasIdentity ? [new LinearOperation { Inputs = ["hidden"], Weight = Identity, Output = "middle" }] : (IEnumerable<Operation>)[],
            .. spec.IsTied ? [new TransposeOperation { Inputs = ["w"], First = 0, Second = 1, Output = "w_dec" }] : (IEnumerable<Operation>)[],
            new LinearOperation { Inputs = [spec.HasIdentity ? "middle" : "hidden"], Weight = "w_dec", Bias = "b", Output = "pre" },
            new ReluOperation { Inputs = ["pre"], Output = "y" },
        ],
        "y");

    private static string Formula(SuperpositionSpec spec) => (spec.IsTied, spec.HasIdentity) switch
    {
        (true, false) => "x̂ = ReLU(WᵀWx + b)",
        (true, true) => "x̂ = ReLU(Wᵀ I W x + b)",
        _ => "x̂ = ReLU(W_dec W_enc x + b)",
    };

    private static string Geometry(SuperpositionSpec spec) => (spec.Features > spec.Hidden, spec.IsTied) switch
    {
        (true, true) when spec.Features > 5 => ": all features are represented, four to a hidden unit",
        (true, true) => ": the features form a regular pentagon",
        (true, false) => " tied, copied and fine-tuned, by which it leaves the tied pentagon for a lower loss",
        _ => ": not superposed, WᵀW = 1, so the truth is unambiguous",
    };

    private static string Parts(SuperpositionSpec spec) => spec.IsTied
        ? $"column i of W and b_i (dimension {spec.Hidden + 1})"
        : $"column i of W_enc, row i of W_dec and b_i (dimension {2 * spec.Hidden + 1})";

    private static Truth Plant(SuperpositionSpec spec, Tensor parameters, DataSet data)
    {
        var layout = Layout(spec);
        var inputs = data.Inputs.data<double>().ToArray();
        var planted = Enumerable.Range(0, spec.Features).Select(feature =>
        {
            var weights = spec.IsTied
                ? FlatIndices.Along(layout["w"], 1, feature)
                : FlatIndices.Along(layout["w_enc"], 1, feature).Concat(FlatIndices.Along(layout["w_dec"], 0, feature));
            var component = Plants.Restrict(parameters, Plants.Coordinates(layout.Length, weights));
            var subspace = Plants.Coordinates(layout.Length, weights.Append(layout["b"].Offset + feature));
            var active = Enumerable.Range(0, Samples).Select(sample => inputs[sample * spec.Features + feature] > 0).ToArray();
            return new PlantedSubnetwork(
                $"feature {feature}", subspace, component, new Dictionary<string, bool[]> { [data.Name] = active },
                Plants.Coordinates(spec.Features, [feature]));
        });
        return new Truth(
            $"W = Σ_i W[:,i]e_iᵀ; feature i is {Parts(spec)}, active where x_i > 0"
            + $"{(spec.HasIdentity ? $"; the identity layer is one more subnetwork, of rank {spec.Hidden}, active where any feature is on" : "")}.",
            TruthGrade.ByTask, [.. planted, .. spec.HasIdentity ? [PlantIdentity(spec, parameters, data)] : (IEnumerable<PlantedSubnetwork>)[]],
            [.. layout.Select(slot => slot.Name).Where(name => name != "b")]);
    }

    /// <summary>All of the identity layer, which carries whatever feature is on, and nothing where none is.</summary>
    private static PlantedSubnetwork PlantIdentity(SuperpositionSpec spec, Tensor parameters, DataSet data)
    {
        var layout = Layout(spec);
        var inputs = data.Inputs.data<double>().ToArray();
        var active = Enumerable.Range(0, Samples)
            .Select(sample => inputs.AsSpan(sample * spec.Features, spec.Features).ContainsAnyExcept(0.0)).ToArray();
        return Plants.Block(
            Identity, layout.Length, Enumerable.Range(0, spec.Hidden).SelectMany(row => FlatIndices.Along(layout[Identity], 0, row)), parameters,
            new Dictionary<string, bool[]> { [data.Name] = active });
    }
}
