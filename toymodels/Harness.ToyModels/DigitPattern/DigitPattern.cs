using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Convolutional networks on digits, patterns and their mixtures (toymodels.md B5). One network does two tasks with the same ten labels, so
/// steering can be judged by what it does to each.
/// </summary>
public static class DigitPattern
{
    private const string FamilyName = "digit-pattern-cnn";
    private const int TrainSamples = 500;
    private const int TestSamples = 1000;

    private const string Statement =
        "Digits and patterns are two skills, each judged by what is done to its data sets; no subspace is claimed for them.";

    /// <summary>
    /// The shipped models. The large one has 5 × 5 kernels without padding (28 → 24 → 12 → 8 → 4, so 512 features): 416 + 12,832 + 65,664 + 1,290
    /// = 80,202 parameters. The small ones have 3 × 3 kernels with padding 1 (28 → 14 → 7, so 392 features): 80 + 584 + 6,288 + 170 = 7,122.
    /// </summary>
    public static IReadOnlyList<DigitPatternSpec> Specs { get; } =
    [
        new("digit-pattern-cnn", 8, 8, 3, 1, 16, IsSmooth: true, new(1e-2, PureEpochs: 6, FinalEpochs: 10, IsMixedOnly: false)),
        new("digit-pattern-cnn-mixed", 8, 8, 3, 1, 16, IsSmooth: true, new(1e-2, PureEpochs: 0, FinalEpochs: 8, IsMixedOnly: true)
        {
            WeightDecay = 1e-2,
        }),
        new("digit-pattern-cnn-6x6", 8, 8, 3, 1, 16, IsSmooth: true, new(1e-2, PureEpochs: 6, FinalEpochs: 10, IsMixedOnly: false))
        {
            PatternCells = 6,
        },
        new("digit-pattern-cnn-80k", 16, 32, 5, 0, 128, IsSmooth: false, new(2e-3, PureEpochs: 2, FinalEpochs: 4, IsMixedOnly: false)),
    ];

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => Specs.Select(spec => new ToyModelEntry(
        spec.Id,
        $"A convolutional network, {spec.FirstChannels}@{spec.Kernel}×{spec.Kernel} → {spec.SecondChannels}@{spec.Kernel}×{spec.Kernel} → "
        + $"{spec.Hidden} → {DigitPatternImages.Labels} with {(spec.IsSmooth ? "SiLU" : "ReLU")}, {DigitPatternNetwork.Layout(spec).Length:N0} "
        + $"parameters, {(spec.PatternCells == PatternImages.UsualCells ? "" : $"patterns of {spec.PatternCells} × {spec.PatternCells} cells, ")}trained on {(spec.Schedule.IsMixedOnly ? "mixed images only" : "digits and patterns, then on both and their mixtures")}. "
        + Statement,
        FamilyName,
        seed => Create(spec, seed)));

    /// <summary>How each of them is trained.</summary>
    internal static IEnumerable<TrainingRecipe> Recipes() => Specs.Select(Recipe);

    /// <summary>How a model of this kind is trained.</summary>
    internal static TrainingRecipe Recipe(DigitPatternSpec spec) => new(
        spec.Id,
        Attempts: 3,
        (seed, attempt, watch) => DigitPatternTraining.Train(spec, seed, attempt, watch),
        (seed, parameters) => WithParameters(spec, seed, parameters),
        DigitPatternCertificate.Bar(spec));

    /// <summary>
    /// Trains a model of this kind; see <see cref="ToyModelTrainer.Train"/>. For the catalogue's models, whose digits are drawn, that is the same.
    /// </summary>
    /// <param name="spec">The model; its digits may be others.</param>
    /// <param name="seed">All randomness comes from it.</param>
    /// <param name="progress">Receives fractions of the current attempt; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainingResult Train(
        DigitPatternSpec spec, ulong seed, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Recipe(spec).Train(seed, progress, cancellation);
    }

    /// <summary>
    /// A model in the middle of its training: interrupted after so many epochs, no minimum and with no bar to meet. Its first attempt, trained here and now.
    /// </summary>
    /// <param name="spec">The model.</param>
    /// <param name="seed">All randomness comes from it.</param>
    /// <param name="epochs">0 (as initialised) … all of the schedule's.</param>
    /// <param name="progress">Receives fractions; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many epochs.</exception>
    public static ToyModel Checkpoint(
        DigitPatternSpec spec, ulong seed, int epochs, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(epochs, spec.Schedule.Epochs);
        var interrupted = spec with { Schedule = spec.Schedule with { StopAfterEpochs = epochs } };
        var parameters = DigitPatternTraining.Train(interrupted, seed, 0, new TrainingWatch(progress, cancellation: cancellation));
        return WithParameters(spec, seed, parameters);
    }

    /// <summary>
    /// The approved weights for seed 0; any other seed, and any seed on digits that are not drawn, is trained here and now, in a minute or two. On other
    /// digits the bar may be missed: the certificate says.
    /// </summary>
    /// <exception cref="FixtureException">The approved weights are missing or not those that were approved.</exception>
    /// <exception cref="InvalidOperationException">Training from this seed missed the quality bar in every attempt.</exception>
    public static ToyModel Create(DigitPatternSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Digits is null ? Recipe(spec).Create(seed, DigitPatternNetwork.Layout(spec)) : Train(spec, seed).Model;
    }

    /// <summary>
    /// The model at given parameters <c>[P]</c>, which need not be good ones: the certificate says. Its data sets are <c>digits-train</c>,
    /// <c>patterns-train</c>, <c>mixed-train</c> (500 images each, the first of those it is trained on) and the same with <c>-test</c> (1,000
    /// each).
    /// </summary>
    public static ToyModel WithParameters(DigitPatternSpec spec, ulong seed, Tensor parameters)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(parameters);
        var images = spec.Images(seed);
        var kinds = Enum.GetValues<ImageKind>();
        var loss = new Loss(LossKind.CrossEntropy, spec.Schedule.WeightDecay);
        var units = DigitPatternNetwork.Units(spec);
        return new ToyModel
        {
            Id = spec.Id,
            Seed = seed,
            Model = new Model(DigitPatternNetwork.Architecture(spec), parameters, loss),
            DataSets =
            [
                .. kinds.Select(kind => images.Sample(kind, "train", TrainSamples)),
                .. kinds.Select(kind => images.Sample(kind, "test", TestSamples)),
            ],
            Truth = new Truth(Statement, TruthGrade.ByTask, [], []),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = new Certificate(DigitPatternCertificate.Bar(spec)),
        };
    }
}
