using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Shows that a trained model uses its planted subnetworks: feature i needs its own, and little else does.</summary>
internal static class SuperpositionCertificate
{
    /// <summary>2,048 samples at probability 0.05 give 102 ± 10 each.</summary>
    private const int LeastOn = 50;

    internal static Certificate Of(SuperpositionSpec spec) => new(
    [
        .. SuperpositionQuality.Bar(spec),
        new("every feature is on often enough to be measured", LeastActive, LeastOn, false, "samples"),
        new(
            "without its subnetwork a feature's output is gone", Remaining, 0.01, true,
            "largest share of the output left where the feature is on"),
        // The rest is interference: neighbours see cos 72° of a feature. Where several are on, the change could not be attributed.
        // Ten good seeds: 0.976 … 1. Another feature's subnetwork: 0.
        new(
            "the effect is on the feature's own output", OwnShare, 0.9, false,
            "least share of the squared change in output i where it alone is on"),
        new("where the feature is off little changes", OffChange, 0.05, true, "largest mean squared change, relative to where it is on"),
        .. spec.HasIdentity ? [Carrier] : (IEnumerable<CertificateCheck>)[],
        .. PartitionChecks.All(),
    ]);

    private static CertificateCheck Carrier => new(
        "without the identity layer the outputs are those of no input", CarriedByIdentity, Tolerances.SameEntries, true, "largest absolute difference");

    private static double CarriedByIdentity(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var (network, inputs) = (model.Model.Network, model.DataSets[0].Inputs);
        var silent = network.Forward(model.Model.Parameters, zeros_like(inputs));
        return (Ablation.Without(model, model.Truth.Subnetworks[^1].Component!) - silent).abs().max().ToDouble();
    }

    private static double LeastActive(ToyModel model) =>
        model.Truth.Subnetworks.Min(subnetwork => subnetwork.Activity[model.DataSets[0].Name].Count(active => active));

    private static double Remaining(ToyModel model) => Worst(model, Extremes.Largest, effect =>
        ((effect.Ablated * effect.On).select(1, effect.Feature).sum() / (effect.Outputs * effect.On).select(1, effect.Feature).sum()).ToDouble());

    private static double OwnShare(ToyModel model) => Worst(model, Extremes.Least, effect =>
    {
        var alone = effect.On * (model.DataSets[0].Inputs > 0).sum(1, true).eq(1).to(float64);
        var change = (effect.Ablated - effect.Outputs).square() * alone;
        return (change.select(1, effect.Feature).sum() / change.sum()).ToDouble();
    });

    private static double OffChange(ToyModel model) => Worst(model, Extremes.Largest, effect =>
    {
        var change = (effect.Ablated - effect.Outputs).square().sum(1, true);
        var off = 1 - effect.On;
        return ((change * off).sum() / off.sum() / ((change * effect.On).sum() / effect.On.sum())).ToDouble();
    });

    /// <summary>The worst feature's number, each from the outputs with and without its component.</summary>
    private static double Worst(ToyModel model, Func<IEnumerable<double>, double> worst, Func<Effect, double> measure)
    {
        using var scope = NewDisposeScope();
        var outputs = Ablation.Outputs(model);
        return worst(model.Truth.Subnetworks.Take(SuperpositionQuality.Features(model)).Select((subnetwork, feature) =>
        {
            using var inner = NewDisposeScope();
            var on = tensor(subnetwork.Activity[model.DataSets[0].Name].Select(active => active ? 1.0 : 0).ToArray()).unsqueeze(1);
            return measure(new Effect(feature, outputs, Ablation.Without(model, subnetwork.Component!), on));
        }).ToArray());
    }

    /// <summary>Outputs <c>[N, n]</c> with and without a feature's component; On <c>[N, 1]</c> is 1 where the feature is on.</summary>
    private sealed record Effect(int Feature, Tensor Outputs, Tensor Ablated, Tensor On);
}
