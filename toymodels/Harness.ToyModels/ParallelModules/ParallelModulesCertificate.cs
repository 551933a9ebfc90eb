using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Shows that each branch does its task, that logits are the branches' sum, and that a branch is dead on the other's pure sets.</summary>
internal static class ParallelModulesCertificate
{
    private const int Probes = 2;

    /// <summary>Index of <c>mixed-test</c>, on which both branches are used.</summary>
    private const int MixedTest = 5;

    /// <summary>Images by which curvature is measured: what holds on each image holds on all, and convolutions are slow to differentiate twice.</summary>
    private const int CurvatureImages = 40;

    /// <summary>The quality bar: what toymodels.md A7 calls about 97/100/100 %, on images it was not trained on.</summary>
    internal static IReadOnlyList<CertificateCheck> Bar { get; } =
        [Accuracy(ImageKind.Digits, 0.95), Accuracy(ImageKind.Patterns, 0.96), Accuracy(ImageKind.Mixed, 0.99)];

    internal static Certificate Create() => new(
    [
        .. Bar,
        new("logits are the sum of the branches' logits", SumError, Tolerances.SameOutputs, true, "largest absolute difference, relative to the largest logit"),
        new("without its branch a pure set has no logits", Remainder, 0, true, "largest absolute logit"),
        ActivityChecks.Silent(),
        ActivityChecks.Heard(),
        CouplingChecks.Additive(MixedTest),
        new(
            "on a pure set the other branch has no curvature and does not couple to its own", Curvature, 0, true,
            $"largest entry of H v over {Probes} random v in the other branch"),
        new("on its own pure set a branch has curvature", OwnCurvature, Tolerances.SameOutputs, false, "least norm of H v over random unit v"),
        .. PartitionChecks.All(),
    ]);

    private static CertificateCheck Accuracy(ImageKind kind, double limit)
    {
        var name = $"{kind.ToString().ToLowerInvariant()}-test";
        return new($"{name} is classified", model => Measure(model, name), limit, false, "accuracy");
    }

    private static double Measure(ToyModel model, string name) =>
        // Something is the largest logit even where none is a number.
        model.Model.Parameters.isfinite().all().ToBoolean() ? Classification.Accuracy(model, Index(model, name)) : double.NaN;

    private static int Index(ToyModel model, string name) => model.DataSets.Select(data => data.Name).ToList().IndexOf(name);

    private static double SumError(ToyModel model)
    {
        using var scope = NewDisposeScope();
        var outputs = Ablation.Outputs(model, MixedTest);
        var alone = model.Truth.Subnetworks.Select(planted => Ablation.Without(model, planted.Component!, MixedTest)).ToList();
        return ((outputs - alone[0] - alone[1]).abs().max() / outputs.abs().max()).ToDouble();
    }

    private static double Remainder(ToyModel model) => PureSets(model).Select(pair =>
    {
        using var scope = NewDisposeScope();
        return Ablation.Without(model, pair.Own.Component!, pair.Set).abs().max().ToDouble();
    }).Largest();

    private static double Curvature(ToyModel model) => PureSets(model).Select(pair =>
    {
        using var scope = NewDisposeScope();
        return Products(model, pair.Set, pair.Other).abs().max().ToDouble();
    }).Largest();

    private static double OwnCurvature(ToyModel model) => PureSets(model).Select(pair =>
    {
        using var scope = NewDisposeScope();
        return Products(model, pair.Set, pair.Own).square().sum(1).sqrt().min().ToDouble();
    }).Least();

    private static Tensor Products(ToyModel model, int set, PlantedSubnetwork planted)
    {
        var length = model.Model.Network.Layout.Length;
        var probes = tensor(RandomSource.Named(model.Seed, $"certificate/{planted.Name}").Gaussians(Probes * length), [Probes, length]);
        var inside = planted.Subspace.Project(probes);
        var data = model.DataSets[set];
        var count = Math.Min(CurvatureImages, data.Count);
        var few = new DataSet(data.Name, data.Inputs.narrow(0, 0, count), data.Targets.narrow(0, 0, count));
        return Hessians.Products(model with { DataSets = [few] }, inside / inside.square().sum(1, keepdim: true).sqrt());
    }

    /// <summary>The pure training sets with the branch that each belongs to, and the other.</summary>
    private static IEnumerable<(int Set, PlantedSubnetwork Own, PlantedSubnetwork Other)> PureSets(ToyModel model) =>
        [.. model.Truth.Subnetworks.Select((own, i) => (Index(model, $"{own.Name}-train"), own, model.Truth.Subnetworks[1 - i]))];
}
