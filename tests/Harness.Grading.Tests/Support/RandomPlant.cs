using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// A small network with an arbitrary "truth" and an arbitrary submission. Nothing is planted in earnest: a grader's formulas must hold for any subspaces,
/// components, activities and maps. Belongs to the dispose scope in which it is built.
/// </summary>
internal sealed class RandomPlant
{
    private const int Samples = 7;
    private readonly RandomSource _random;
    private readonly PlantSpec _spec;

    public RandomPlant(PlantSpec spec)
    {
        _spec = spec;
        _random = new RandomSource((ulong)spec.Seed, 77);
        var layout = new ParameterLayout([("w1", [4, 3]), ("b1", [4]), ("w2", [2, 4])]);
        var network = new Network(
            layout,
            [
                new LinearOperation { Inputs = ["x"], Weight = "w1", Bias = "b1", Output = "z" },
                new SiluOperation { Inputs = ["z"], Output = "h" },
                new LinearOperation { Inputs = ["h"], Weight = "w2", Output = "y" },
            ],
            "y");
        Length = layout.Length;
        var parameters = Gaussian(Length);
        var data = new DataSet("all", Gaussian(Samples, 3), Gaussian(Samples, 2));
        var plain = new ToyModel
        {
            Id = "random-plant",
            Seed = (ulong)spec.Seed,
            Model = new Model(network, parameters, new Loss(LossKind.MeanSquaredError)),
            DataSets = [data],
            Truth = new Truth("none", TruthGrade.Exact, Subnetworks(), ["w1", "w2"]),
            AdmissibleDisguises = [],
            Certificate = new Certificate([]),
        };
        Model = spec.Disguise == MapForm.None ? plain : Disguises.Apply(plain, Map());
        Submission = new Decomposition(
            new MethodInfo("random", "1", "", true), [.. Enumerable.Range(0, spec.Submitted).Select(_ => Submitted())], new Dictionary<string, string>());
    }

    public long Length { get; }

    public ToyModel Model { get; }

    public Decomposition Submission { get; }

    public Tensor Gaussian(params long[] shape) => tensor(_random.Gaussians(shape.Aggregate(1L, (product, size) => product * size)), shape);

    public RandomSource Random => _random;

    /// <summary>Between 3 and 6 of 24 parameters each, disjoint or not.</summary>
    private List<PlantedSubnetwork> Subnetworks()
    {
        var order = _random.Permutation((int)Length);
        return [.. Enumerable.Range(0, _spec.Planted).Select(i =>
        {
            var rank = 3 + _random.NextInt32(4);
            var others = Enumerable.Range(0, _spec.Planted).Where(k => k != i).Select(k => order[k * 6]);
            // Each has an entry of its own, for a plant that contains all others is refused.
            var taken = _spec.Form == PlantForm.DisjointSets
                ? order[(i * 6)..(i * 6 + rank)]
                : [order[i * 6], .. _random.Permutation((int)Length).Except(others).Where(k => k != order[i * 6]).Take(rank - 1)];
            Subspace subspace = _spec.Form == PlantForm.Dense
                ? Subspaces.Random(Length, rank, _random)
                : new CoordinateSubspace(Length, [.. taken.Order().Select(k => (long)k)]);
            bool[] activity = [true, .. Enumerable.Range(1, Samples - 1).Select(_ => _random.NextInt32(2) == 0)];
            return new PlantedSubnetwork($"plant {i}", subspace, Gaussian(Length), new Dictionary<string, bool[]> { ["all"] = activity });
        })];
    }

    private ILinearMap Map() => _spec.Disguise switch
    {
        MapForm.Monomial => new MonomialMap(
            [.. _random.Permutation((int)Length).Select(k => (long)k)],
            [.. Enumerable.Range(0, (int)Length).Select(_ => Math.Pow(2, _random.NextDouble(-1, 1)) * (_random.NextInt32(2) * 2 - 1))]),
        MapForm.Orthogonal => new MatrixMap(Subspaces.Random(Length, Length, _random).Basis(), isOrthogonal: true),
        _ => new MatrixMap(eye(Length, Length, float64) * 2 + Gaussian(Length, Length) * 0.2, isOrthogonal: false),
    };

    /// <summary>Near a plant or anywhere; directions as rows, sets or not at all; components small, large or not at all.</summary>
    private Subnetwork Submitted()
    {
        var near = Model.Truth.Subnetworks[_random.NextInt32(_spec.Planted)];
        var rank = 1 + _random.NextInt32(4);
        var rows = near.Subspace.Embed(Gaussian(rank, near.Subspace.Dimension)) + Gaussian(rank, Length) * _random.NextDouble(0, 0.7);
        Subspace directions = _random.NextInt32(3) == 0
            ? new CoordinateSubspace(Length, [.. _random.Permutation((int)Length)[..(rank * 2)].Order().Select(k => (long)k)])
            : DenseSubspace.Span(Push(rows));
        var component = Push((near.Component! + Gaussian(Length) * _random.NextDouble(0, 0.7)).unsqueeze(0)).squeeze(0) * Math.Pow(10, _random.NextInt32(3) == 0 ? -3 : 0);
        return _random.NextInt32(4) switch
        {
            0 => new Subnetwork("directions", directions),
            1 => new Subnetwork("component", component: component),
            _ => new Subnetwork("both", directions, component),
        };
    }

    private Tensor Push(Tensor rows) => Model.Disguise is { } disguise ? disguise.Apply(rows) : rows;
}
