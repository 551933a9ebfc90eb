using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Two independent branches, one for digits and one for patterns, that see a view each and add their logits (toymodels.md A7). The planted twin of
/// <see cref="DigitPattern"/>: the weights are trained, the truth is exact, because the branches share nothing.
/// </summary>
/// <remarks>
/// On a pure set the other branch computes 0 from zeros: all its derivatives vanish there, and steering by either pure set's Hessian must be perfect. On
/// the mixed sets the softmax couples the branches, so purity is scored on the pure ones.
/// </remarks>
public static class ParallelModules
{
    private const string FamilyName = "parallel-modules";

    private static readonly ImageKind[] s_branches = [ImageKind.Digits, ImageKind.Patterns];

    /// <summary>
    /// The shipped models: a perceptron, twice 392 → 24 ReLU → 10, 19,296 parameters; and a convolutional network, twice 8 → 8 channels of 3 × 3 kernels
    /// with SiLU and pooling, 9,136 parameters; each also at its full size, of twice the width.
    /// </summary>
    public static IReadOnlyList<ParallelModulesSpec> Specs { get; } =
    [
        // The perceptron's patterns are memorised from many images: 6,000 of each set leave one in ten unread.
        new("parallel-modules", IsConvolutional: false, Width: 24, Rate: 3e-3, Epochs: 24) { ImagesPerSet = 20_000 },
        new("parallel-modules-cnn", IsConvolutional: true, Width: 8, Rate: 1e-2, Epochs: 6) { Samples = 250 },
        new("parallel-modules-48", IsConvolutional: false, Width: 48, Rate: 3e-3, Epochs: 24) { ImagesPerSet = 20_000 },
        new("parallel-modules-cnn-16", IsConvolutional: true, Width: 16, Rate: 1e-2, Epochs: 6) { Samples = 250 },
    ];

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => Specs.Select(spec => new ToyModelEntry(
        spec.Id,
        $"Two {(spec.IsConvolutional ? "convolutional branches" : "perceptrons")} side by side, {new ParallelModulesNetwork(spec).Layout().Length:N0} parameters, one reads a "
        + "digit and one a pattern. Truth: logits = f_digits(first view) + f_patterns(second view); one subnetwork per branch, silent on the other's pure sets.",
        FamilyName,
        seed => Create(spec, seed)));

    /// <summary>How each of them is trained.</summary>
    internal static IEnumerable<TrainingRecipe> Recipes() => Specs.Select(Recipe);

    /// <summary>How a model of this kind is trained.</summary>
    internal static TrainingRecipe Recipe(ParallelModulesSpec spec) => new(
        spec.Id,
        Attempts: 3,
        (seed, attempt, watch) => ParallelModulesTraining.Train(spec, seed, attempt, watch),
        (seed, parameters) => WithParameters(spec, seed, parameters),
        ParallelModulesCertificate.Bar);

    /// <summary>The approved weights for seed 0; any other seed is trained here and now, in about a minute.</summary>
    /// <exception cref="FixtureException">The approved weights are missing or not those that were approved.</exception>
    /// <exception cref="InvalidOperationException">Training from this seed missed the quality bar in every attempt.</exception>
    public static ToyModel Create(ParallelModulesSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Recipe(spec).Create(seed, new ParallelModulesNetwork(spec).Layout());
    }

    /// <summary>
    /// The model at given parameters <c>[P]</c>, which need not be good ones: the certificate says. Its data sets are <c>digits</c>, <c>patterns</c> and
    /// <c>mixed</c>, each with <c>-train</c> and <c>-test</c>.
    /// </summary>
    public static ToyModel WithParameters(ParallelModulesSpec spec, ulong seed, Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(parameters);
        var (images, network) = (new ParallelModulesImages(spec, seed), new ParallelModulesNetwork(spec));
        DataSet[] sets = [.. new[] { "train", "test" }.SelectMany(split => Enum.GetValues<ImageKind>().Select(kind => images.Sample(kind, split, spec.Samples)))];
        var loss = new Loss(LossKind.CrossEntropy);
        var units = network.Units();
        return new ToyModel
        {
            Id = spec.Id,
            Seed = seed,
            Model = new Model(network.Architecture(), parameters, loss),
            DataSets = sets,
            Truth = Plant(network, parameters, sets),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = ParallelModulesCertificate.Create(),
        };
    }

    private static Truth Plant(ParallelModulesNetwork network, Tensor parameters, DataSet[] sets)
    {
        var planted = s_branches.Select((kind, branch) => Plants.Block(
            kind.ToString().ToLowerInvariant(),
            parameters.shape[0],
            network.Block(branch),
            parameters,
            sets.ToDictionary(set => set.Name, set => (bool[])[.. Enumerable.Repeat(IsUsed(kind, set.Name), checked((int)set.Count))])));
        return new Truth(
            "logits = f_digits(first view) + f_patterns(second view); one subnetwork per branch, silent on the other's pure sets.",
            TruthGrade.Exact, [.. planted], [.. network.Layout().Select(slot => slot.Name)]);
    }

    /// <summary>A branch is used on its own sets and on the mixed ones.</summary>
    private static bool IsUsed(ImageKind branch, string set) =>
        set.StartsWith(branch.ToString(), StringComparison.OrdinalIgnoreCase) || set.StartsWith(nameof(ImageKind.Mixed), StringComparison.OrdinalIgnoreCase);
}
