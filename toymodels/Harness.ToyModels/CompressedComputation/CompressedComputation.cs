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
public static class CompressedComputation
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

    /// <summary>The hand-coded model: a neuron for every feature, no embedding.</summary>
    public static CompressedComputationSpec ExactSpec { get; } = new($"{FamilyName}-exact", [100], EmbeddingWidth: null);

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => Specs
        .Select(spec => new ToyModelEntry(spec.Id, Summary(spec), FamilyName, seed => Create(spec, seed)))
        .Append(new ToyModelEntry(
            ExactSpec.Id,
            "100 ReLUs by 100 neurons, y = x + ReLU(x), written down: neuron k reads feature i = π(k) only and writes it only, in_ki·out_ik = 1. "
            + "Truth: θ* = Σ_i (in_ki ⊕ out_ik); feature i is its two weights, active where x_i > 0.",
            FamilyName,
            seed => CreateExact(ExactSpec, seed)));

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
            CompressedComputationQuality.Certificate(spec));
    }

    /// <summary>
    /// The hand-coded model. Neuron π⁻¹(i) has the weights <c>in = c</c> and <c>out = 1/c</c>, c = 2ᵘ with u uniform in [−1, 1); the order π and c come
    /// from the seed.
    /// </summary>
    /// <exception cref="ArgumentException">There is not exactly one layer with a neuron for every feature.</exception>
    public static ToyModel CreateExact(CompressedComputationSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Neurons is not [var neurons] || neurons != spec.Features || spec.EmbeddingWidth is not null)
            throw new ArgumentException(
                $"The exact network has one layer with {spec.Features} neurons, one a feature, and no embedding; got layers of {string.Join(", ", spec.Neurons)}.",
                nameof(spec));
        var random = RandomSource.Named(seed, $"{spec.Id}/weights");
        var (incoming, outgoing) = (new double[neurons * neurons], new double[neurons * neurons]);
        var order = random.Permutation(neurons);
        for (var feature = 0; feature < neurons; feature++)
        {
            var strength = Math.Pow(2, random.NextDouble(-1, 1));
            incoming[order[feature] * neurons + feature] = strength;
            outgoing[feature * neurons + order[feature]] = 1 / strength;
        }
        return Build(
            spec, seed, tensor([.. incoming, .. outgoing]), TruthGrade.Exact,
            "y = x + ReLU(x), a neuron for every feature: θ* = Σ_i (in_ki ⊕ out_ik), k = π⁻¹(i); feature i is its two weights, active where x_i > 0.",
            value => value > 0,
            CompressedComputationQuality.ExactCertificate)
            // Two weights a feature and zeros elsewhere: whoever follows the weights sees them.
            with { IsReadable = true };
    }

    private static ToyModel Build(
        CompressedComputationSpec spec, ulong seed, Tensor parameters, TruthGrade grade, string statement, Func<double, bool> isActive,
        Certificate certificate)
    {
        var inputs = SignedFeatures.Sample(RandomSource.Named(seed, $"{spec.Id}/data"), Samples, spec.Features);
        var data = new DataSet("all", inputs, SignedFeatures.Targets(inputs));
        var loss = new Loss(LossKind.MeanSquaredError);
        var network = CompressedComputationNetwork.Architecture(spec, CompressedComputationNetwork.GramMatrix(spec, seed));
        var units = CompressedComputationNetwork.Units(spec);
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
