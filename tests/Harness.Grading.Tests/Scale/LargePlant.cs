using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Networks of the largest sizes that are to be graded, with an arbitrary "truth" of two subnetworks. Each belongs to the dispose scope in which it is built.</summary>
internal static class LargePlant
{
    private const int Samples = 64;
    private const int Outputs = 10;

    /// <summary>80,040 parameters, and two random subspaces of rank 20.</summary>
    internal static ToyModel OfLowRank()
    {
        var random = new RandomSource(1);
        var network = new Network(
            new ParameterLayout([("w1", [276, 280]), ("w2", [Outputs, 276])]),
            [
                new LinearOperation { Inputs = ["x"], Weight = "w1", Output = "z" },
                new SiluOperation { Inputs = ["z"], Output = "h" },
                new LinearOperation { Inputs = ["h"], Weight = "w2", Output = "y" },
            ],
            "y");
        return Model("low-rank", network, 280, random, (_, theta) =>
        {
            var subspace = Subspaces.Random(network.Layout.Length, 20, random);
            return (subspace, subspace.Project(theta.unsqueeze(0)).squeeze(0));
        });
    }

    /// <summary>Two branches of 9,840 parameters each that read the same input and add their outputs.</summary>
    internal static ToyModel OfBranches()
    {
        var random = new RandomSource(2);
        var network = new Network(
            new ParameterLayout([("a.w1", [24, 400]), ("a.w2", [Outputs, 24]), ("b.w1", [24, 400]), ("b.w2", [Outputs, 24])]),
            [.. Branch("a"), .. Branch("b"), new AddOperation { Inputs = ["a.y", "b.y"], Output = "y" }],
            "y");
        return Model("branches", network, 400, random, (i, theta) =>
        {
            var half = network.Layout.Length / 2;
            var axes = new CoordinateSubspace(network.Layout.Length, [.. Enumerable.Range(0, (int)half).Select(k => i * half + k)]);
            return (axes, axes.Project(theta.unsqueeze(0)).squeeze(0));
        });
    }

    private static IEnumerable<Operation> Branch(string name) =>
    [
        new LinearOperation { Inputs = ["x"], Weight = $"{name}.w1", Output = $"{name}.z" },
        new ReluOperation { Inputs = [$"{name}.z"], Output = $"{name}.h" },
        new LinearOperation { Inputs = [$"{name}.h"], Weight = $"{name}.w2", Output = $"{name}.y" },
    ];

    private static ToyModel Model(
        string id, Network network, long inputs, RandomSource random, Func<int, TorchSharp.torch.Tensor, (Subspace Subspace, TorchSharp.torch.Tensor Component)> plant)
    {
        var theta = tensor(random.Gaussians(network.Layout.Length)) / Math.Sqrt(inputs);
        var x = tensor(random.Gaussians(Samples * inputs), [Samples, inputs]);
        var planted = Enumerable.Range(0, 2).Select(i =>
        {
            var (subspace, component) = plant(i, theta);
            bool[] activity = [.. Enumerable.Range(0, Samples).Select(k => k % 2 == i)];
            return new PlantedSubnetwork($"plant {i}", subspace, component, new Dictionary<string, bool[]> { ["all"] = activity });
        });
        return new ToyModel
        {
            Id = id,
            Seed = 0,
            Model = new Model(network, theta, new Loss(LossKind.MeanSquaredError)),
            DataSets = [new DataSet("all", x, network.Forward(theta, x))],
            Truth = new Truth("none", TruthGrade.Exact, [.. planted], [.. network.Layout.Select(slot => slot.Name)]),
            AdmissibleDisguises = [],
            Certificate = new Certificate([]),
        };
    }
}
