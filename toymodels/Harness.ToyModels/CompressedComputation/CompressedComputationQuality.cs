using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>What a network with too few neurons reaches, per feature and relative to the naive network.</summary>
internal static class CompressedComputationQuality
{
    /// <summary>Entries of the fresh inputs. One in a hundred is on, so the mean over them is known to 0.6 %.</summary>
    private const int EvaluationEntries = 1 << 23;

    private const string Unit = "loss per feature / naive loss";

    /// <summary>
    /// When training was good: with an embedding clearly better than naive, without one as good as naive and no better. Measured: 0.78 … 0.82 and
    /// 1.000; the limits leave room for sampling.
    /// </summary>
    internal static IReadOnlyList<CertificateCheck> Bar(CompressedComputationSpec spec) => spec.EmbeddingWidth is null
        ? [Sampled(spec, "training reaches the naive loss", 1.03, true), Sampled(spec, "and no less, for there is no M to exploit", 0.97, false)]
        : [Sampled(spec, "training beats the naive loss", 0.9, true)];

    /// <summary>The bar; the advantage comes from M; the planted parts add up.</summary>
    internal static Certificate Certificate(CompressedComputationSpec spec) => new(
    [
        .. Bar(spec),
        spec.EmbeddingWidth is null ? Bound(spec) : FromM(spec),
        .. PartitionChecks.All(),
    ]);

    /// <summary>The hand-coded network computes what it claims, each feature by its own subnetwork.</summary>
    internal static Certificate ExactCertificate { get; } = new(
    [
        new("y = x + ReLU(x)", ExactError, Tolerances.SameEntries, true, "largest absolute difference"),
        new(
            "without its subnetwork a feature keeps x_i and loses ReLU(x_i), and no other output changes", AblationError, Tolerances.SameEntries, true,
            "largest absolute difference"),
        ActivityChecks.Silent(),
        ActivityChecks.Heard(),
        CouplingChecks.Additive(),
        CouplingChecks.HessianProbes(),
        PartitionChecks.Support(),
        .. PartitionChecks.All(),
    ]);

    private static CertificateCheck Sampled(CompressedComputationSpec spec, string name, double limit, bool atMost) => new(
        name, model => SampledLoss(model, model.Model.Network) / spec.NaiveLoss, limit, atMost, Unit);

    /// <summary>The same weights on the task without M, x + ReLU(x) from x itself.</summary>
    private static CertificateCheck FromM(CompressedComputationSpec spec) => new(
        "the advantage comes from M: without it the same weights are worse than naive",
        model => SampledLoss(model, CompressedComputationNetwork.Architecture(spec, null)) / spec.NaiveLoss, 1, false, Unit);

    private static CertificateCheck Bound(CompressedComputationSpec spec) => new(
        "with one feature on no network of d neurons beats the naive one", model => SingleLoss(model, model.Model.Network) / spec.NaiveLoss,
        1 - Tolerances.SameOutputs, false, Unit);

    /// <summary>
    /// Squared error on fresh samples, over features and the probability of one: what a feature costs while it is on.
    /// </summary>
    internal static double SampledLoss(ToyModel model, Network network)
    {
        using var scope = NewDisposeScope();
        var n = (int)model.DataSets[0].Inputs.shape[1];
        var inputs = SignedFeatures.Sample(RandomSource.Named(model.Seed, $"{model.Id}/evaluation"), EvaluationEntries / n, n);
        using var nograd = no_grad();
        var error = (network.Forward(model.Model.Parameters, inputs) - SignedFeatures.Targets(inputs)).square().sum().ToDouble();
        return error / (inputs.numel() * SignedFeatures.Probability);
    }

    /// <summary>
    /// The same with one feature on at a time, exactly: without biases the outputs on ±t·e_i are t times those on ±e_i, and E[t²] = 1/3.
    /// </summary>
    internal static double SingleLoss(ToyModel model, Network network)
    {
        using var scope = NewDisposeScope();
        var unit = eye(model.DataSets[0].Inputs.shape[1], dtype: float64);
        var inputs = cat([unit, unit.neg()], 0);
        var error = (network.Forward(model.Model.Parameters, inputs) - SignedFeatures.Targets(inputs)).square().sum().ToDouble();
        return error / inputs.shape[0] / 3;
    }

    private static double ExactError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        return (Ablation.Outputs(model) - model.DataSets[0].Targets).abs().max().ToDouble();
    }

    private static double AblationError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var targets = model.DataSets[0].Targets;
        return model.Truth.Subnetworks.Select((planted, feature) =>
        {
            using var inner = NewDisposeScope();
            var expected = targets.clone();
            expected.select(1, feature).copy_(model.DataSets[0].Inputs.select(1, feature));
            return (Ablation.Without(model, planted.Component!) - expected).abs().max().ToDouble();
        }).ToArray().Largest();
    }
}
