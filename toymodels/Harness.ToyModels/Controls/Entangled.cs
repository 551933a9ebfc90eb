using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// The control <c>control/entangled</c>: two branches that share all of their weights. A canvas has two views; one and the same module reads both, and
/// the logits are added: <c>z = f(x₁) + f(x₂)</c>, <c>f(x) = W₂ ReLU(W₁x)</c>. The data sets <c>first</c> and <c>second</c> hold the same images in one
/// view or the other, so <c>L_first(θ) = L_second(θ)</c> for every θ: no change of parameters whatever serves the one and not the other.
/// </summary>
public static class Entangled
{
    /// <summary>Id of the control.</summary>
    public const string Id = "control/entangled";

    /// <summary>Pixels of a view: an image of 28 × 28 whose rows are averaged in pairs.</summary>
    internal const int ViewPixels = GreyImage.Pixels / 2;

    private const int Hidden = 24;
    private const int Samples = 500;

    /// <summary>The catalogue's entry.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() =>
    [
        new(
            Id,
            "Two branches that share all of their weights, each reading one of two views of digits, a control. Truth: none; the data sets first and second "
            + "have the same loss at every θ, z = f(x₁) + f(x₂), so no parameter subspace serves one of them.",
            NoTruth.Family,
            seed => Recipe(EntangledTraining.FullSteps).Create(seed, Layout())),
    ];

    /// <summary>How it is trained.</summary>
    internal static TrainingRecipe Recipe(int steps) => new(
        Id,
        Attempts: 3,
        (seed, attempt, watch) => EntangledTraining.Train(steps, seed, attempt, watch),
        WithParameters,
        EntangledCertificate.Bar);

    /// <summary>The model at given parameters <c>[P]</c>, which need not be good ones: the certificate says.</summary>
    internal static ToyModel WithParameters(ulong seed, Tensor parameters)
    {
        var loss = new Loss(LossKind.CrossEntropy);
        IReadOnlyList<HiddenUnits> units = [new(Hidden, [new("w1", 0, 1), new("w2", 1, -1)], IsHomogeneous: true)];
        return new ToyModel
        {
            Id = Id,
            Seed = seed,
            Model = new Model(Architecture(), parameters, loss),
            DataSets = Data(seed),
            Truth = NoTruth.Because(
                "both branches are the same module, and both data sets use all of it: L_first(θ) = L_second(θ) for every θ.", ["w1", "w2"]),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = new Certificate([.. EntangledCertificate.Bar, .. EntangledCertificate.Entanglement]),
        };
    }

    /// <summary>Parameters in layout order; no biases, so that an empty view adds nothing.</summary>
    internal static ParameterLayout Layout() => new([("w1", [Hidden, ViewPixels]), ("w2", [DigitPatternImages.Labels, Hidden])]);

    /// <summary>The network: inputs <c>[N, 2, 392]</c>, the same two layers for both views, summed.</summary>
    internal static Network Architecture() => new(
        Layout(),
        [
            new LinearOperation { Inputs = ["x"], Weight = "w1", Output = "pre" },
            new ReluOperation { Inputs = ["pre"], Output = "hidden" },
            new LinearOperation { Inputs = ["hidden"], Weight = "w2", Output = "votes" },
            new SumOperation { Inputs = ["votes"], Dimension = 1, Output = "logits" },
        ],
        "logits");

    /// <summary>Views <c>[count, 392]</c> of digits; image i has label i mod 10.</summary>
    internal static (Tensor Views, Tensor Labels) Views(ulong seed, string split, int count)
    {
        using var scope = NewDisposeScope();
        var images = new DigitPatternImages(seed).Sample(ImageKind.Digits, split, count);
        var views = images.Inputs.reshape(count, GreyImage.Side / 2, 2, GreyImage.Side).mean([2]).reshape(count, ViewPixels);
        return (views.MoveToOuterDisposeScope(), images.Targets.MoveToOuterDisposeScope());
    }

    private static IReadOnlyList<DataSet> Data(ulong seed)
    {
        using var scope = NewDisposeScope();
        var (views, labels) = Views(seed, "test", Samples);
        var empty = zeros_like(views);
        // Ten images on, the label is the same and the image is not.
        var others = views.roll(DigitPatternImages.Labels, 0);
        DataSet Canvas(string name, Tensor first, Tensor second) =>
            new(name, stack([first, second], 1).MoveToOuterDisposeScope(), labels.clone().MoveToOuterDisposeScope());
        return [Canvas("first", views, empty), Canvas("second", empty, views), Canvas("mixed", views, others)];
    }
}
