using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Addition modulo p by four parallel blocks (toymodels.md B6b): <c>logits = Σ_b U_b·W2_b·silu(W1_b·(e_b[a] + e_b[b]))</c>, each with an embedding of
/// its own, two wide, that is trained from the exact circle of its frequency. Blocks share no parameter and meet only in the sum of the logits, so the
/// truth is exact by architecture; training decides only how good it is. The model for sphere search.
/// </summary>
/// <remarks>Flat directions that are symmetries and not subnetworks: the rotations of a block's circles, before and behind its hidden layer.</remarks>
public static class ModularAdditionChunked
{
    private const string FamilyName = "modular-addition-chunked";

    /// <summary>The shipped models.</summary>
    public static IReadOnlyList<ModularAdditionChunkedSpec> Specs { get; } =
    [
        new(FamilyName, 23),
        new($"{FamilyName}-p37", 37, [3, 7, 11, 13]),
    ];

    /// <summary>Cross-entropy with weight decay.</summary>
    internal static Loss Loss { get; } = new(LossKind.CrossEntropy, ModularAdditionChunkedSpec.WeightDecay);

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => Specs.Select(spec => new ToyModelEntry(
        spec.Id,
        $"Adds modulo {spec.Modulus} by {ModularAdditionChunkedSpec.Blocks} parallel blocks, {Frequencies(spec)}, {ModularAdditionChunkedNetwork.Layout(spec).Length} parameters, "
        + "trained with weight decay to a minimum. Truth: logits = Σ_b U_b·W2_b·silu(W1_b·(e_b[a] + e_b[b])), exact by architecture; each block is one "
        + "subnetwork, active on every input.",
        FamilyName,
        seed => Create(spec, seed)));

    /// <summary>How each of them is trained.</summary>
    internal static IEnumerable<TrainingRecipe> Recipes() => Specs.Select(Recipe);

    /// <summary>How a model of this kind is trained.</summary>
    internal static TrainingRecipe Recipe(ModularAdditionChunkedSpec spec) => new(
        spec.Id,
        Attempts: 12,
        (seed, attempt, watch) => ModularAdditionChunkedTraining.Train(spec, seed, attempt, watch),
        (seed, parameters) => WithParameters(spec, seed, parameters),
        ModularAdditionChunkedCertificate.Bar);

    /// <summary>The approved weights for seed 0; any other seed is trained here and now, in seconds.</summary>
    /// <exception cref="FixtureException">The approved weights are missing or not those that were approved.</exception>
    /// <exception cref="InvalidOperationException">Training from this seed missed the quality bar in every attempt.</exception>
    public static ToyModel Create(ModularAdditionChunkedSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Recipe(spec).Create(seed, ModularAdditionChunkedNetwork.Layout(spec));
    }

    /// <summary>The model at given parameters <c>[P]</c>, which need not be good ones: the certificate says.</summary>
    public static ToyModel WithParameters(ModularAdditionChunkedSpec spec, ulong seed, Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(parameters);
        var data = AllPairs.Of(spec.Modulus);
        var frequencies = spec.Frequencies(seed);
        var layout = ModularAdditionChunkedNetwork.Layout(spec);
        var planted = frequencies.Select((frequency, block) => Plants.Block(
            $"frequency {frequency}", layout.Length, ModularAdditionChunkedNetwork.Block(layout, block), parameters, Plants.AlwaysActive(data)));
        var units = ModularAdditionChunkedNetwork.Units;
        return new ToyModel
        {
            Id = spec.Id,
            Seed = seed,
            Model = new Model(ModularAdditionChunkedNetwork.Architecture(spec), parameters, Loss),
            DataSets = [data],
            Truth = new Truth(
                "logits = Σ_b U_b·W2_b·silu(W1_b·(e_b[a] + e_b[b])); the blocks share nothing, one subnetwork per block.",
                TruthGrade.Exact, [.. planted], [.. layout.Select(slot => slot.Name)]),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, Loss),
            Certificate = ModularAdditionChunkedCertificate.Of(frequencies),
        };
    }

    private static string Frequencies(ModularAdditionChunkedSpec spec) => spec.FixedFrequencies is { } given
        ? $"of the frequencies {string.Join(", ", given)}"
        : "one for each of 4 random frequencies";
}
