using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli.Tests;

/// <summary>
/// The planted two-branch perceptron in small, trained in a moment: twice 20 inputs → 12 ReLU → 10 labels without biases, on clusters around one point per
/// label and branch; zeros stand for the branch that a set lacks. Truth: the branches share no parameter.
/// </summary>
internal static class TwoBranches
{
    private const int Inputs = 20;
    private const int Width = 12;
    private const int Labels = 10;
    private const int Samples = 100;

    /// <summary>The model from its seed, with <c>first-</c>, <c>second-</c> and <c>mixed-</c> <c>train</c> and <c>test</c>.</summary>
    public static ToyModel Create(ulong seed)
    {
        var random = RandomSource.Named(seed, "two branches");
        // Like images, inputs are not negative: then one direction moves all samples alike, as in the large twin.
        var centres = tensor(random.Gaussians(2 * Labels * Inputs), [2, Labels, Inputs]).abs() * 2;
        DataSet[] sets = [.. new[] { "train", "test" }.SelectMany(split => new[] { "first", "second", "mixed" }.Select((name, kind) => Sample($"{name}-{split}", kind, centres, random)))];
        var loss = new Loss(LossKind.CrossEntropy);
        var layout = new ParameterLayout([("w1", [2 * Width, Inputs]), ("w2", [Labels, 2 * Width])]);
        var network = Architecture(layout);
        IReadOnlyList<HiddenUnits> units = [.. new[] { 0, Width }.Select(start => new HiddenUnits(Width, [new("w1", 0, 1, start), new("w2", 1, -1, start)], IsHomogeneous: true))];
        return new ToyModel
        {
            Id = "two-branches", Seed = seed, Model = new Model(network, Train(network, loss, sets[..3], random), loss), DataSets = sets,
            Truth = new Truth("logits = first(x₁) + second(x₂)", TruthGrade.Exact, [.. new[] { "first", "second" }.Select((name, branch) => Plant(name, branch, layout, sets))], ["w1", "w2"]),
            HiddenUnits = units, AdmissibleDisguises = ToyModels.HiddenUnits.Admit(units, loss), Certificate = new Certificate([]),
        };
    }

    private static Network Architecture(ParameterLayout layout) => new(
        layout,
        [
            .. Enumerable.Range(0, 2).SelectMany(branch => (IEnumerable<Operation>)
            [
                new SliceOperation { Inputs = ["x"], Dimension = 1, Start = branch * Inputs, End = (branch + 1) * Inputs, Output = $"half.{branch}" },
                new SliceOperation { Inputs = ["w1"], Dimension = 0, Start = branch * Width, End = (branch + 1) * Width, Output = $"w1.{branch}" },
                new LinearOperation { Inputs = [$"half.{branch}"], Weight = $"w1.{branch}", Output = $"pre.{branch}" },
            ]),
            new ConcatOperation { Inputs = ["pre.0", "pre.1"], Output = "pre" },
            new ReluOperation { Inputs = ["pre"], Output = "hidden" },
            new LinearOperation { Inputs = ["hidden"], Weight = "w2", Output = "logits" },
        ],
        "logits");

    private static DataSet Sample(string name, int kind, Tensor centres, RandomSource random)
    {
        var labels = tensor(Enumerable.Range(0, Samples).Select(i => (long)(i % Labels)).ToArray());
        var views = Enumerable.Range(0, 2).Select(branch => kind == 1 - branch
            ? zeros([Samples, Inputs], dtype: ScalarType.Float64)
            : centres[branch].index_select(0, labels) + tensor(random.Gaussians(Samples * Inputs), [Samples, Inputs]) * 0.3);
        return new DataSet(name, cat([.. views], 1), labels);
    }

    /// <summary>Cross-entropy on all three sets at once, stopped early: at its infimum the weights are infinite and the Hessian is zero.</summary>
    private static Tensor Train(Network network, Loss loss, DataSet[] sets, RandomSource random)
    {
        var all = new DataSet("all", cat([.. sets.Select(set => set.Inputs)], 0), cat([.. sets.Select(set => set.Targets)], 0));
        var landscape = new LossLandscape(network, loss, all);
        var found = new LBfgs(new LBfgsOptions(MostIterations: 100)).Minimise(
            point =>
            {
                using var scope = NewDisposeScope();
                var (value, gradient) = landscape.ValueAndGradient(tensor(point));
                return (value, gradient.contiguous().data<double>().ToArray());
            },
            [.. random.Gaussians(network.Layout.Length).Select(number => number / 4)]);
        return tensor(found.Point);
    }

    private static PlantedSubnetwork Plant(string name, int branch, ParameterLayout layout, DataSet[] sets)
    {
        var first = Enumerable.Range(branch * Width * Inputs, Width * Inputs);
        var second = Enumerable.Range(0, Labels).SelectMany(label => Enumerable.Range(2 * Width * Inputs + label * 2 * Width + branch * Width, Width));
        var activity = sets.ToDictionary(set => set.Name, set => (bool[])[.. Enumerable.Repeat(set.Name.StartsWith(name, StringComparison.Ordinal) || set.Name.StartsWith("mixed", StringComparison.Ordinal), Samples)]);
        return new PlantedSubnetwork(name, new CoordinateSubspace(layout.Length, [.. first.Concat(second).Select(index => (long)index)]), null, activity);
    }
}
