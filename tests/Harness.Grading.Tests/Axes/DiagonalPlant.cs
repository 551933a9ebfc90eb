using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// y = Wx + b with W = diag(1, 2, 3) on inputs that have at most two non-zero entries; subnetwork i is the entry W_ii, used where x_i ≠ 0, and b is shared.
/// Every axis has a value that can be worked out by hand. Belongs to the dispose scope in which it is built.
/// </summary>
internal sealed class DiagonalPlant
{
    /// <summary>Mean over the samples of x_i² for i = 0, 1, 2: 5/4, 1/2, 1/4.</summary>
    private static readonly double[] s_inputs = [1, 0, 0, /**/ 0, 1, 0, /**/ 2, 1, 0, /**/ 0, 0, 1];

    /// <summary>P: nine weights and three biases.</summary>
    internal const long Length = 12;

    /// <param name="fit">Targets are <c>fit·Wx + b</c>: at 1 the network has no loss.</param>
    internal DiagonalPlant(double fit = 1)
    {
        var network = new Network(
            new ParameterLayout([("w", [3, 3]), ("b", [3])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Bias = "b", Output = "y" }], "y");
        var inputs = tensor(s_inputs, [4, 3]);
        var parameters = Component(1, 2, 3) + Shared(0.5, -1, 2);
        Model = new ToyModel
        {
            Id = "diagonal-plant",
            Seed = 0,
            Model = new Model(network, parameters, new Loss(LossKind.MeanSquaredError)),
            DataSets = [new DataSet("all", inputs, network.Forward(Component(fit, 2 * fit, 3 * fit) + Shared(0.5, -1, 2), inputs))],
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
    internal static Tensor Component(params double[] diagonal) => cat([diag(tensor(diagonal)).reshape(-1), zeros(3, float64)], 0);

    /// <summary>The bias, which no subnetwork owns.</summary>
    internal static Tensor Shared(params double[] bias) => cat([zeros(9, float64), tensor(bias)], 0);

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
        new($"entry {i}", new CoordinateSubspace(Length, [4 * i]), Entry(i), new Dictionary<string, bool[]> { ["all"] = Active(i) });
}
