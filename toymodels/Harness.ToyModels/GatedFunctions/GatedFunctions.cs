using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Scalar functions of one input, each switched by a control bit, written by hand into two layers of ReLU neurons on a residual stream (toymodels.md A4).
/// A function owns ten neurons, scattered over both layers: one that adds F(0), and nine that add the changes of slope of its interpolant. A bias of −100
/// keeps a neuron silent unless its bit adds +100.
/// </summary>
/// <remarks>
/// The stream is a linear space (x, the n bits, the output) and admits rotations: then the weight matrices are dense. Embedding and unembedding are fixed
/// and belong to no function. The task is that of arXiv 2501.14926, the construction this project's own.
/// </remarks>
public static class GatedFunctions
{
    private const string FamilyName = "gated-functions";
    private const int Samples = 2000;

    /// <summary>Probability that a bit is on.</summary>
    private const double Density = 0.05;

    /// <summary>The catalogue's entries.</summary>
    internal static IEnumerable<ToyModelEntry> Entries() => [Entry(FamilyName, 4), Entry("gated-functions-16", 16)];

    /// <summary>Builds the model. Its tensors belong to the caller's dispose scope.</summary>
    /// <param name="count">n, the number of functions, at least 1.</param>
    /// <param name="seed">Draws the functions, the places of their neurons and the data.</param>
    /// <param name="id">Id of the model.</param>
    public static ToyModel Create(int count, ulong seed, string id = FamilyName)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var functions = Draw(count, seed);
        var network = new GatedFunctionsNetwork(functions, RandomSource.Named(seed, "gated-functions/places").Permutation(10 * count));
        var parameters = tensor(network.Weights());
        var inputs = Inputs(count, RandomSource.Named(seed, "gated-functions/inputs"));
        var loss = new Loss(LossKind.MeanSquaredError);
        var units = network.Units();
        return new ToyModel
        {
            Id = id,
            Seed = seed,
            Model = new Model(network.Architecture(), parameters, loss),
            DataSets = [Data(functions, inputs)],
            Truth = Plant(network, parameters, inputs),
            HiddenUnits = units,
            AdmissibleDisguises = HiddenUnits.Admit(units, loss),
            Certificate = GatedFunctionsCertificate.Of(functions),
        };
    }

    /// <summary>The functions of a seed.</summary>
    internal static IReadOnlyList<ScalarFunction> Draw(int count, ulong seed)
    {
        var random = RandomSource.Named(seed, "gated-functions/functions");
        return [.. Enumerable.Range(0, count).Select(_ => ScalarFunction.Draw(random))];
    }

    private static ToyModelEntry Entry(string id, int count) => new(
        id,
        $"{count} functions F_i(x) = a·cos(bx + c) + d·sin(ex + f) + g, each on its own ten ReLU neurons, scattered over two layers and silenced unless its control bit α_i is "
        + "on. Truth: y = Σ_i α_i·F̃_i(x), F̃_i the interpolant of F_i at ten knots; every weight belongs to one function, which is active exactly where its bit is "
        + "on.",
        FamilyName,
        seed => Create(count, seed, id));

    /// <summary>Rows (x, α_1 … α_n): x uniform in [0, 5), bits on with probability 0.05.</summary>
    private static double[][] Inputs(int count, RandomSource random) => [.. Enumerable.Range(0, Samples).Select(_ =>
    {
        var x = random.NextDouble(0, ScalarFunction.End);
        return (double[])[x, .. Enumerable.Range(0, count).Select(_ => random.NextDouble() < Density ? 1.0 : 0)];
    })];

    /// <summary>Inputs <c>[N, n + 1]</c>, targets <c>Σ α_i·F_i(x)</c> <c>[N, 1]</c>.</summary>
    private static DataSet Data(IReadOnlyList<ScalarFunction> functions, double[][] inputs)
    {
        var targets = inputs.Select(row => functions.Select((function, i) => row[i + 1] * function.Value(row[0])).Sum()).ToArray();
        return new DataSet(
            "all", tensor(inputs.SelectMany(row => row).ToArray(), [inputs.Length, functions.Count + 1]), tensor(targets, [inputs.Length, 1]));
    }

    private static Truth Plant(GatedFunctionsNetwork network, Tensor parameters, double[][] inputs)
    {
        var planted = Enumerable.Range(0, network.Count).Select(i => Plants.Block(
            $"function {i}",
            network.Layout.Length,
            network.WeightsOf(i).Select(weight => weight.Index),
            parameters,
            new Dictionary<string, bool[]> { ["all"] = [.. inputs.Select(row => row[i + 1] != 0)] }));
        return new Truth(
            "y = Σ_i α_i·F̃_i(x), F̃_i the interpolant of F_i at ten knots; one subnetwork per function, active where its bit is on.",
            TruthGrade.Exact, [.. planted], [.. network.Layout.Select(slot => slot.Name)]);
    }
}
