using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Harness.ToyModels.Tests;

/// <summary>
/// The truth of parallel branches is the truth at any weights, width and seed: what a branch contributes is written out here, from its own weights and its own
/// view, by nothing that the model uses.
/// </summary>
[Properties(Arbitrary = [typeof(ParallelModulesPlant.Arbitrary)], MaxTest = 6)]
public class ParallelModulesProperties : Scoped
{
    /// <summary>Of each set of a trained model; the drawn ones have fewer.</summary>
    private const int Images = 60;

    /// <summary>
    /// Ablating a branch takes its own logits away, on every image of every kind, and nothing else. Rejects blocks with another branch's units, views that
    /// overlap, biases and cross weights. The mutants below die of it.
    /// </summary>
    [Property]
    public void Ablating_a_branch_takes_its_own_logits_away(ParallelModulesPlant plant)
    {
        using var scope = NewDisposeScope();
        Assert.InRange(Error(plant, plant.Build()), 0, Tolerances.SameOutputs);
    }

    /// <summary>The same of the models that are shipped.</summary>
    [Theory]
    [InlineData("parallel-modules", false, 24)]
    [InlineData("parallel-modules-cnn", true, 8)]
    [InlineData("parallel-modules-48", false, 48)]
    [InlineData("parallel-modules-cnn-16", true, 16)]
    public void So_it_does_in_the_trained_models(string id, bool isConvolutional, int width) =>
        Assert.InRange(Error(new ParallelModulesPlant(isConvolutional, width, 0), ToyModelCatalog.Create(id)), 0, Tolerances.SameOutputs);

    /// <summary>Silent, heard, not coupled, a partition: everything of the certificate that is no accuracy, in every disguise too.</summary>
    [Property]
    public void Everything_but_accuracies_is_certified(ParallelModulesPlant plant)
    {
        using var scope = NewDisposeScope();
        var model = plant.Build();
        foreach (var twin in model.AdmissibleDisguises.Select(kind => Disguises.Apply(model, kind, (ulong)plant.Seed)).Prepend(model))
            Assert.All(
                twin.Certificate.Examine(twin).Where(result => !result.Check.Name.EndsWith("is classified", StringComparison.Ordinal)),
                result => Assert.True(result.Holds, $"{result.Check.Name}: {result.Measured}"));
    }

    /// <summary>
    /// Mutants: a weight, or a vote, that changed branches; each branch in the other's place; an architecture in which both read the first view; a branch that
    /// is said to be silent on a set where it is used.
    /// </summary>
    [Property]
    public void Wrong_truths_are_seen(ParallelModulesPlant plant)
    {
        using var scope = NewDisposeScope();
        var model = plant.Build();
        var (network, layout) = (model.Model.Network, model.Model.Network.Layout);
        // The first unit of each branch is alive: its weight of a pixel under the ink, its first vote.
        var weight = layout[0].Offset + layout[0].Length / layout[0].Shape[0] / 2;
        var (across, vote) = (plant.Width * layout[0].Length / layout[0].Shape[0], layout[^1].Offset);
        Assert.All(
            new[]
            {
                model.WithCoordinatesExchanged((0, weight), (1, weight + across)),
                model.WithCoordinatesExchanged((0, vote), (1, vote + plant.Width * FlatIndices.Stride(layout[^1], 1))),
                model.WithBlock(0, Mutations.Indices(model, 1)).WithBlock(1, Mutations.Indices(model, 0)),
                model with { Model = new Model(OfOneView(network), model.Model.Parameters, model.Model.Loss) },
            },
            mutant => Assert.True(Error(plant, mutant) > Tolerances.SameOutputs));
        var silent = model.Truth.Subnetworks[0] with
        {
            Activity = model.Truth.Subnetworks[0].Activity.ToDictionary(set => set.Key, set => set.Key == "mixed-test" ? new bool[set.Value.Length] : set.Value),
        };
        Certified.Rejects(model with { Truth = model.Truth with { Subnetworks = [silent, model.Truth.Subnetworks[1]] } }, "where it is inactive");
    }

    /// <summary>
    /// Largest difference between the outputs without a branch and the other branch's logits as written out, and between all outputs and their sum, relative to
    /// the largest output, over the first images of all sets.
    /// </summary>
    private static double Error(ParallelModulesPlant plant, ToyModel model) => model.DataSets.Select(set =>
    {
        using var scope = NewDisposeScope();
        using var nograd = no_grad();
        var images = set.Inputs.narrow(0, 0, Math.Min(Images, set.Count));
        Tensor Outputs(Tensor parameters) => model.Model.Network.Forward(parameters, images);
        var (whole, theta) = (Outputs(model.Model.Parameters), model.Model.Parameters);
        var branches = new[] { 0, 1 }.Select(branch => Logits(plant, model.Model.Network.Layout.Split(theta), images, branch)).ToArray();
        var without = model.Truth.Subnetworks.Select(planted => Outputs(theta - planted.Component!)).ToArray();
        double[] errors = [Largest(whole - branches[0] - branches[1]), Largest(without[0] - branches[1]), Largest(without[1] - branches[0])];
        return errors.Max() / Largest(whole);
    }).Max();

    private static double Largest(Tensor values) => values.abs().max().ToDouble();

    /// <summary>What a branch says of images <c>[N, 10]</c>, by its own weights and its own view.</summary>
    private static Tensor Logits(ParallelModulesPlant plant, IReadOnlyList<Tensor> weights, Tensor images, int branch)
    {
        Tensor Own(Tensor tensor, int axis) => tensor.narrow(axis, branch * plant.Width, plant.Width);
        if (!plant.IsConvolutional)
            return F.relu(images.narrow(2, 14 * branch, 14).flatten(1).matmul(Own(weights[0], 0).t())).matmul(Own(weights[1], 1).t());
        Tensor Stage(Tensor x, Tensor kernels) => F.max_pool2d(F.silu(F.conv2d(x, Own(kernels, 0), padding: [1L, 1])), [2L, 2], [2L, 2]);
        var features = Stage(Stage(images.narrow(1, branch, 1), weights[0]), weights[1]);
        return features.flatten(1).matmul(Own(weights[2], 1).flatten(1).t());
    }

    /// <summary>The network with both branches looking at the first view.</summary>
    private static Network OfOneView(Network network)
    {
        var operations = network.Operations.Select(operation => operation switch
        {
            SliceOperation { Output: "half.1" } slice => slice with { Start = 0, End = 14 },
            Conv2dOperation { Inputs: ["x"] } first => first with { Inputs = ["one_view"] },
            _ => operation,
        }).ToList();
        if (operations[0] is Conv2dOperation)
            operations.InsertRange(0,
            [
                new SliceOperation { Inputs = ["x"], Start = 0, End = 1, Output = "view" },
                new ConcatOperation { Inputs = ["view", "view"], Output = "one_view" },
            ]);
        return new Network(network.Layout, operations, network.Output);
    }
}
