using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Residual perceptrons with fewer neurons than ReLUs to compute (toymodels.md B7). The planted truth, one subnetwork a feature, is disputed: the trained
/// networks do better than a neuron for every second feature only by exploiting <c>M = 1 − EEᵀ</c>, the overlap of the fixed embedding's rows. At
/// M = 0 the advantage is gone. With a neuron for every feature the truth is exact.
/// </summary>
/// <remarks>D. Braun et al., "Attribution-based Parameter Decomposition", arXiv 2501.14926 (the task); arXiv 2606.14673 (what the networks do).</remarks>
public static partial class CompressedComputation
{
    private const string FamilyName = "compressed-computation";
    private const int Samples = 2048;

    /// <summary>The trained models: 50 neurons in one layer, 25 + 25 in two, 17 × 3 in three, and the control without embedding.</summary>
    public static IReadOnlyList<CompressedComputationSpec> Specs { get; } =
    [
        new($"{FamilyName}-1", [50], EmbeddingWidth: 1000),
        new($"{FamilyName}-2", [25, 25], EmbeddingWidth: 1000),
        new($"{FamilyName}-3", [17, 17, 17], EmbeddingWidth: 1000),
        new($"{FamilyName}-m0", [50], EmbeddingWidth: null),
    ];

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => Specs
        .Select(spec => new ToyModelEntry(spec.Id, Summary(spec), FamilyName, seed => Create(spec, seed)))
        .Append(ExactEntry());

    /// <summary>How each of them is trained.</summary>
    internal static IEnumerable<TrainingRecipe> Recipes() => Specs.Select(Recipe);

    /// <summary>How a model of this kind is trained.</summary>
    internal static TrainingRecipe Recipe(CompressedComputationSpec spec) => new(
        spec.Id,
        Attempts: 3,
        (seed, attempt, watch) => CompressedComputationTraining.Train(spec, seed, attempt, watch),
        (seed, parameters) => WithParameters(spec, seed, parameters),
        CompressedComputationQuality.Bar(spec));

    /// <summary>The approved weights for seed 0; any other seed is trained here and now, in minutes.</summary>
    /// <exception cref="FixtureException">The approved weights are missing or not those that were approved.</exception>
    /// <exception cref="InvalidOperationException">Training from this seed missed the quality bar in every attempt.</exception>
    public static ToyModel Create(CompressedComputationSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Recipe(spec).Create(seed, CompressedComputationNetwork.Layout(spec));
    }

    /// <summary>The trained model at given parameters <c>[P]</c>, which need not be good ones: the certificate says.</summary>
    public static ToyModel WithParameters(CompressedComputationSpec spec, ulong seed, Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(parameters);
        return Build(
            spec, seed, parameters, TruthGrade.Disputed,
            "One subnetwork per feature is what the task suggests: θ* = Σ_i (column i of every in ⊕ row i of every out), active where x_i ≠ 0"
            + $"{(spec.Neurons.Count > 1 ? "; the links between layers belong to none" : "")}. It is disputed and decides no verdict: "
            + "d < n neurons represent at most d features, and what the network gains beyond that it gains from M.",
            value => value != 0,
            CompressedComputationQuality.Certificate(spec),
            CompressedComputationNetwork.Architecture(spec, CompressedComputationNetwork.GramMatrix(spec, seed)),
            CompressedComputationNetwork.Units(spec));
    }

    private static ToyModel Build(
        CompressedComputationSpec spec, ulong seed, Tensor parameters, TruthGrade grade, string statement, Func<double, bool> isActive,
        Certificate certificate, Network network, IReadOnlyList<HiddenUnits> units)
    {
        var inputs = SignedFeatures.Sample(RandomSource.Named(seed, $"{spec.Id}/data"), Samples, spec.Features);
        var data = new DataSet("all", inputs, SignedFeatures.Targets(inputs));
        var loss = new Loss(LossKind.MeanSquaredError);
        return new ToyModel
        {
            Id = spec.Id,
            Seed = seed,
            Model = new Model(network, parameters, loss),
            DataSets = [data],
            Truth = Plant(spec, grade, statement, isActive, parameters, data),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = certificate,
        };
    }

    private static string Summary(CompressedComputationSpec spec) =>
        $"{spec.Features} ReLUs by {string.Join(" + ", spec.Neurons)} neurons{(spec.Neurons.Count > 1 ? $" in {spec.Neurons.Count} layers" : "")}, "
        + (spec.EmbeddingWidth is { } width
            ? $"y = x + ReLU(x) through a random embedding of width {width:N0}, trained in its exact reduced form; the truth is disputed. "
            : "y = x + ReLU(x) without an embedding, the control at M = 0, where no network gains on the naive one; the truth is disputed. ")
        + "Disputed truth, which decides no verdict: one subnetwork per feature, column i of every in and row i of every out.";

    private static Truth Plant(
        CompressedComputationSpec spec, TruthGrade grade, string statement, Func<double, bool> isActive, Tensor parameters, DataSet data)
    {
        var layout = CompressedComputationNetwork.Layout(spec);
        var inputs = data.Inputs.data<double>().ToArray();
        string[] tensors = [.. CompressedComputationNetwork.FeatureTensors(spec)];
        var weights = parameters.data<double>().ToArray();
        var planted = Enumerable.Range(0, spec.Features).Select(feature => Plants.Block(
            $"feature {feature}",
            layout.Length,
            tensors.SelectMany(name => FlatIndices.Along(layout[name], name.StartsWith("in", StringComparison.Ordinal) ? 1 : 0, feature))
                // What is written down has weights where it needs them; a trained column may use all of its own.
                .Where(index => grade != TruthGrade.Exact || weights[index] != 0),
            parameters,
            new Dictionary<string, bool[]>
            {
                [data.Name] = [.. Enumerable.Range(0, (int)data.Count).Select(sample => isActive(inputs[sample * spec.Features + feature]))],
            },
            grade == TruthGrade.Exact ? Plants.Coordinates(spec.Features, [feature]) : null));
        return new Truth(statement, grade, [.. planted], tensors);
    }
}
