using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Addition modulo 59 memorised by a perceptron: <c>logits = W₂ σ(W₁ [onehot(a), onehot(b)] + b₁) + b₂</c>, 118 → 128 → 59, 22,843
/// parameters, trained on all 3,481 pairs. A reference problem of the numerics: memorised, so margins are large, and with ReLU thousands of
/// pre-activations are parked 1e-4 from a kink; the GELU twin has none.
/// </summary>
public static class ModularAdditionMlp
{
    private const string FamilyName = "modular-addition-mlp";

    /// <summary>The shipped models.</summary>
    public static IReadOnlyList<ModularAdditionMlpSpec> Specs { get; } =
    [
        new("modular-addition-mlp", IsSmooth: false),
        new("modular-addition-mlp-gelu", IsSmooth: true),
    ];

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => Specs.Select(spec => new ToyModelEntry(
        spec.Id,
        $"A perceptron {2 * spec.Modulus} → {spec.Hidden} {Activation(spec)} → {spec.Modulus} that has memorised addition modulo {spec.Modulus}, "
        + $"{Layout(spec).Length:N0} parameters, all {spec.Modulus * spec.Modulus:N0} pairs. A reference problem for Hessians of memorised networks; "
        + "no subnetwork is planted.",
        FamilyName,
        seed => Create(spec, seed)));

    /// <summary>How each of them is trained.</summary>
    internal static IEnumerable<TrainingRecipe> Recipes() => Specs.Select(Recipe);

    /// <summary>How a model of this kind is trained.</summary>
    internal static TrainingRecipe Recipe(ModularAdditionMlpSpec spec) => new(
        spec.Id,
        Attempts: 3,
        (seed, attempt, watch) => ModularAdditionMlpTraining.Train(spec, AllPairs.Of(spec.Modulus), seed, attempt, watch),
        (seed, parameters) => WithParameters(spec, seed, parameters),
        ModularAdditionMlpCertificate.Bar);

    /// <summary>The approved weights for seed 0; any other seed is trained here and now, in about half a minute.</summary>
    /// <exception cref="FixtureException">The approved weights are missing or not those that were approved.</exception>
    /// <exception cref="InvalidOperationException">Training from this seed missed the quality bar in every attempt.</exception>
    public static ToyModel Create(ModularAdditionMlpSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Recipe(spec).Create(seed, Layout(spec));
    }

    /// <summary>The model at given parameters <c>[P]</c>, which need not be good ones: the certificate says.</summary>
    public static ToyModel WithParameters(ModularAdditionMlpSpec spec, ulong seed, Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(parameters);
        var loss = new Loss(LossKind.CrossEntropy);
        IReadOnlyList<HiddenUnits> units =
        [
            new(spec.Hidden, [new("w1", 0, 1), new("b1", 0, 1), new("w2", 1, -1)], IsHomogeneous: !spec.IsSmooth),
        ];
        return new ToyModel
        {
            Id = spec.Id,
            Seed = seed,
            Model = new Model(Architecture(spec), parameters, loss),
            DataSets = [AllPairs.Of(spec.Modulus)],
            Truth = new Truth(
                $"No subnetwork is claimed: a reference problem of the numerics, memorised addition modulo {spec.Modulus}.", TruthGrade.ByTask, [], []),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = ModularAdditionMlpCertificate.Of(spec),
        };
    }

    /// <summary>Parameters of a model, in layout order.</summary>
    internal static ParameterLayout Layout(ModularAdditionMlpSpec spec) => new(
    [
        ("w1", [spec.Hidden, 2 * spec.Modulus]), ("b1", [spec.Hidden]), ("w2", [spec.Modulus, spec.Hidden]), ("b2", [spec.Modulus]),
    ]);

    /// <summary>The network of a model.</summary>
    internal static Network Architecture(ModularAdditionMlpSpec spec) => new(
        Layout(spec),
        [
            new OneHotOperation { Inputs = ["x"], Classes = spec.Modulus, Output = "pair" },
            new FlattenOperation { Inputs = ["pair"], Output = "ab" },
            new LinearOperation { Inputs = ["ab"], Weight = "w1", Bias = "b1", Output = "pre" },
            spec.IsSmooth ? new GeluOperation { Inputs = ["pre"], Output = "hidden" } : new ReluOperation { Inputs = ["pre"], Output = "hidden" },
            new LinearOperation { Inputs = ["hidden"], Weight = "w2", Bias = "b2", Output = "logits" },
        ],
        "logits");

    private static string Activation(ModularAdditionMlpSpec spec) => spec.IsSmooth ? "GELU" : "ReLU";
}
