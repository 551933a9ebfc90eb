using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Shows that the network has memorised its task: everything right, by a margin, at a nearly stationary point.</summary>
internal static class ModularAdditionMlpCertificate
{
    /// <summary>When training was good.</summary>
    internal static IReadOnlyList<CertificateCheck> Bar { get; } =
    [
        new("every pair is classified correctly", model => Classification.Accuracy(model), 1, false, "accuracy"),
        new("every margin is that of a memorised pair", model => Classification.LeastMargin(model), 5, false, "least margin, nats"),
        new("the gradient has all but vanished", GradientShare, 0.05, true, "its norm, relative to untrained weights"),
    ];

    private static CertificateCheck OffKink =>
        new("float32 can tell on which side of its kink every unit is", LeastDistance, Tolerances.SideOfKink32, false, "least |pre-activation|");

    internal static Certificate Of(ModularAdditionMlpSpec spec) => new(
    [
        new(
            "the network has (2p + 1)·h + (h + 1)·p parameters",
            model => Math.Abs(model.Model.Parameters.shape[0] - ((2 * spec.Modulus + 1) * spec.Hidden + (spec.Hidden + 1) * spec.Modulus)), 0, true,
            "difference"),
        .. Bar,
        .. spec.IsSmooth ? [] : new CertificateCheck[] { OffKink },
    ]);

    private static double LeastDistance(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var network = model.Model.Network;
        var untilHidden = new Network(network.Layout, network.Operations.TakeWhile(operation => operation is not ReluOperation), "pre");
        return untilHidden.Forward(model.Model.Parameters, model.DataSets[0].Inputs).abs().min().ToDouble();
    }

    private static double GradientShare(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var landscape = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[0]);
        var untrained = tensor(Initialisation.Gaussian(model.Model.Network.Layout, 1, RandomSource.Named(model.Seed, "certificate/untrained")));
        return (landscape.Gradient(model.Model.Parameters).norm() / landscape.Gradient(untrained).norm()).ToDouble();
    }
}
