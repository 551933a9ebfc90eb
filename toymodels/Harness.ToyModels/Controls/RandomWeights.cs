using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Controls <c>control/random-weights/&lt;id&gt;</c>: architecture, data and disguises of another toy model, with Gaussian weights. Each tensor keeps its
/// root mean square, so that a method can tell the two apart by nothing but structure.
/// </summary>
/// <remarks>
/// Only where the plant is in the weights. Where it is in the architecture (<c>direct-sum</c>, <c>modular-addition-chunked</c>: blocks that share no
/// parameter, whatever the weights are) random weights have the same truth; the controls of <c>parallel-modules</c> get the weights between the branches.
/// For superposition "column i of W" is a truth for any W: there the control is to be judged by function, never by recovery.
/// </remarks>
public static class RandomWeights
{
    /// <summary>What the ids of these controls begin with.</summary>
    public const string Prefix = "control/random-weights/";

    /// <summary>Families whose truth is in the architecture, and those that plant no subnetwork.</summary>
    private static readonly HashSet<string> s_withoutControl =
    [
        "direct-sum", "modular-addition-chunked",
        "planted-spectrum", "regression", "modular-addition-mlp", "digit-pattern-cnn", NoTruth.Family,
    ];

    /// <summary>The catalogue's entries: one for each model with a plant in its weights.</summary>
    internal static IEnumerable<ToyModelEntry> Entries(IEnumerable<ToyModelEntry> originals) => originals
        .Where(original => !s_withoutControl.Contains(original.Family))
        .Select(original => new ToyModelEntry(
            $"{Prefix}{original.Id}",
            $"The architecture of {original.Id} with random weights, a control. Truth: none; each tensor is Gaussian with the root mean square of the original's.",
            NoTruth.Family,
            seed => Create(original, seed)));

    /// <summary>
    /// Builds a control; its tensors belong to the caller's dispose scope. A trained original is that of seed 0: only its data and scales are used, and
    /// training another would cost minutes.
    /// </summary>
    internal static ToyModel Create(ToyModelEntry original, ulong seed)
    {
        var model = original.Create(ToyModelTrainer.Ids.Contains(original.Id) ? 0 : seed);
        if (CrossWeights.Needs(original))
            return WithCrossWeights(model, seed);
        var control = WithParameters(
            model, seed, Draw(model.Model, RandomSource.Named(seed, $"{Prefix}{original.Id}/weights")), MeanLoss(model),
            model.Model.Parameters.data<double>().ToArray());
        Release(model);
        return control;
    }

    /// <summary>A control in which the two branches of the original are one.</summary>
    private static ToyModel WithCrossWeights(ToyModel original, ulong seed)
    {
        var task = TaskNotDone(original, MeanLoss(original));
        var control = CrossWeights.Of(original, RandomSource.Named(seed, $"{Prefix}{original.Id}/weights"));
        Release(original);
        return control with
        {
            Id = $"{Prefix}{original.Id}",
            Seed = seed,
            Truth = NoTruth.Because(
                $"the branches of {original.Id} were joined by cross weights, and all weights replaced by Gaussian ones of the same size.",
                original.Truth.DecomposedTensors),
            IsReadable = false,
            Certificate = new Certificate([task, CrossWeights.Check]),
        };
    }

    private static void Release(ToyModel original)
    {
        original.Model.Parameters.Dispose();
        foreach (var planted in original.Truth.Subnetworks)
            planted.Component?.Dispose();
    }

    /// <summary>Half as much again as the original's loss, or, where even that is more than guessing costs, nearly what guessing costs.</summary>
    private static CertificateCheck TaskNotDone(ToyModel original, double originalLoss) => new(
        "the task is not done", model => MeanLoss(model) / originalLoss, Math.Min(1.5, 0.95 * GuessingLoss(original) / originalLoss), false,
        "loss, relative to the original's");

    /// <summary>The loss of equal logits; infinite where the loss is no cross-entropy.</summary>
    private static double GuessingLoss(ToyModel model)
    {
        if (model.Model.Loss.Kind != LossKind.CrossEntropy)
            return double.PositiveInfinity;
        using var scope = NewDisposeScope();
        return Math.Log(model.Model.Network.Forward(model.Model.Parameters, model.DataSets[0].Inputs.narrow(0, 0, 1)).shape[1]);
    }

    /// <summary>The control at given parameters <c>[P]</c>: the certificate says whether they are random enough.</summary>
    internal static ToyModel WithParameters(ToyModel original, ulong seed, Tensor parameters, double originalLoss, double[] direction) => original with
    {
        Id = $"{Prefix}{original.Id}",
        Seed = seed,
        Model = original.Model with { Parameters = parameters },
        Truth = NoTruth.Because($"the weights of {original.Id} were replaced by Gaussian ones of the same size.", original.Truth.DecomposedTensors),
        IsReadable = false,
        Certificate = new Certificate(
        [
            TaskNotDone(original, originalLoss),
            new("its parameters are not the original's", model => Likeness(model, direction), 0.5, true, "|cosine|, less 5/√P for chance"),
        ]),
    };

    /// <summary>The loss on the first data set.</summary>
    internal static double MeanLoss(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return new LossLandscape(model.Model.Network, model.Model.Loss with { WeightDecay = 0 }, model.DataSets[0]).Value(model.Model.Parameters);
    }

    private static Tensor Draw(Model model, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var tensors = model.Network.Layout.Split(model.Parameters)
            .Select(values => tensor(random.Gaussians(values.numel()), values.shape) * values.square().mean().sqrt()).ToArray();
        return model.Network.Layout.Flatten(tensors).MoveToOuterDisposeScope();
    }

    /// <summary>By chance two vectors have a cosine of 1/√P, of which five times as much is not counted.</summary>
    private static double Likeness(ToyModel control, double[] direction)
    {
        using var scope = NewDisposeScope();
        var (own, other) = (Gauge.Undisguised(control, control.Model.Parameters), tensor(direction));
        return Math.Abs((own.dot(other) / (own.norm() * other.norm())).ToDouble()) - 5 / Math.Sqrt(direction.Length);
    }
}
