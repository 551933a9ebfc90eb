using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// y = Wx with W = diag(1, 2, 3) on inputs that have at most two non-zero entries; subnetwork i is the entry W_ii, used where x_i ≠ 0. Every axis has a value
/// that can be worked out by hand. Belongs to the dispose scope in which it is built.
/// </summary>
internal sealed class DiagonalPlant
{
    /// <summary>Mean over the samples of x_i² for i = 0, 1, 2: 5/4, 1/2, 1/4.</summary>
    private static readonly double[] s_inputs = [1, 0, 0, /**/ 0, 1, 0, /**/ 2, 1, 0, /**/ 0, 0, 1];

    internal DiagonalPlant()
    {
        var network = new Network(new ParameterLayout([("w", [3, 3])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Bias = null, Output = "y" }], "y");
        var inputs = tensor(s_inputs, [4, 3]);
        var parameters = diag(tensor(new double[] { 1, 2, 3 })).reshape(-1);
        Model = new ToyModel
        {
            Id = "diagonal-plant",
            Seed = 0,
            Model = new Model(network, parameters, new Loss(LossKind.MeanSquaredError)),
            DataSets = [new DataSet("all", inputs, network.Forward(parameters, inputs))],
            Truth = new Truth("diagonal", TruthGrade.Exact, [.. Enumerable.Range(0, 3).Select(Planted)], ["w"]),
            AdmissibleDisguises = [],
            Certificate = new Certificate([]),
        };
        Profile = TruthProfile.Of(Model);
    }

    internal ToyModel Model { get; }

    internal TruthProfile Profile { get; }

    /// <summary>Whether x_i ≠ 0.</summary>
    internal static bool[] Active(int i) => [.. Enumerable.Range(0, 4).Select(k => s_inputs[3 * k + i] != 0)];

    /// <summary>A component with some entries of the diagonal of W.</summary>
    internal static Tensor Component(params double[] diagonal) => diag(tensor(diagonal)).reshape(-1);

    /// <summary>The truth's components, without activity.</summary>
    internal static Subnetwork[] Truth() => [.. Enumerable.Range(0, 3).Select(i => new Subnetwork($"{i}", component: Entry(i)))];

    internal static Subnetwork With(Subnetwork subnetwork, params double[] activity) =>
        subnetwork with { Activity = new Dictionary<string, double[]> { ["all"] = activity } };

    /// <summary>What an axis says of an answer.</summary>
    internal AxisReading Read(string check, params Subnetwork[] subnetworks)
    {
        var answer = new Decomposition(new MethodInfo("test", "1", "", false), subnetworks, new Dictionary<string, string>());
        var values = new AxisDesk(Profile, Model).Values(subnetworks, RecoveryGrader.Grade(Profile, Model, answer));
        var value = values.Single(one => one.Check == check);
        return new AxisReading(value.Value, value.Reason);
    }

    private static Tensor Entry(int i) => Component([.. Enumerable.Range(0, 3).Select(k => k == i ? i + 1.0 : 0)]);

    private static PlantedSubnetwork Planted(int i) =>
        new($"entry {i}", new CoordinateSubspace(9, [4 * i]), Entry(i), new Dictionary<string, bool[]> { ["all"] = Active(i) });
}
