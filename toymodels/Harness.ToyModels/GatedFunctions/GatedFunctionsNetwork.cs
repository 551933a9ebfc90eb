using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Architecture and weights of <see cref="GatedFunctions"/>: <c>r₀ = E·(x, α)</c>, <c>r_(l+1) = r_l + W_out relu(W_in r_l + b)</c> for two layers of 5n
/// neurons, <c>y = U r₂</c>. E and U are fixed.
/// </summary>
/// <param name="functions">The functions.</param>
/// <param name="place">Where neuron k of function i stands: <c>place[10·i + k]</c>, 0 … 10n − 1; the first 5n are the first layer.</param>
internal sealed class GatedFunctionsNetwork(IReadOnlyList<ScalarFunction> functions, int[] place)
{
    private const int NeuronsPerFunction = 1 + ScalarFunction.Pieces;
    private const int Layers = 2;

    /// <summary>A silenced neuron's bias, and what its bit takes away from it.</summary>
    private const double Silence = 100;

    /// <summary>n.</summary>
    internal int Count => functions.Count;

    internal ParameterLayout Layout { get; } = MakeLayout(functions.Count);

    private int LayerWidth => NeuronsPerFunction * Count / Layers;

    private int Stream => Count + 2;

    internal Network Architecture()
    {
        IEnumerable<Operation> Layer(int layer) =>
        [
            new LinearOperation { Inputs = [$"stream.{layer}"], Weight = $"w_in.{layer}", Bias = $"bias.{layer}", Output = $"pre.{layer}" },
            new ReluOperation { Inputs = [$"pre.{layer}"], Output = $"hidden.{layer}" },
            new LinearOperation { Inputs = [$"hidden.{layer}"], Weight = $"w_out.{layer}", Output = $"written.{layer}" },
            new AddOperation { Inputs = [$"stream.{layer}", $"written.{layer}"], Output = $"stream.{layer + 1}" },
        ];
        return new Network(
            Layout,
            [
                new LinearOperation { Inputs = ["x"], Weight = "embed", Output = "stream.0" },
                .. Enumerable.Range(0, Layers).SelectMany(Layer),
                new LinearOperation { Inputs = [$"stream.{Layers}"], Weight = "unembed", Output = "y" },
            ],
            "y",
            constants: new Dictionary<string, Tensor>
            {
                // x and the bits are the first n + 1 dimensions of the stream; the last is the output.
                ["embed"] = tensor(Selection(0, Count + 1), [Count + 1, Stream]).t().contiguous(),
                ["unembed"] = tensor(Selection(Count + 1, 1), [1, Stream]),
            });
    }

    /// <summary>The neurons of each layer, and the stream: a linear space of n + 2 dimensions.</summary>
    internal IReadOnlyList<HiddenUnits> Units() =>
    [
        new(
            Stream,
            [
                new("embed", 0, 1), new("unembed", 1, -1),
                .. Enumerable.Range(0, Layers).SelectMany(layer => (HiddenAxis[])[new($"w_in.{layer}", 1, -1), new($"w_out.{layer}", 0, 1)]),
            ],
            IsHomogeneous: true) { IsLinear = true },
        .. Enumerable.Range(0, Layers).Select(layer => new HiddenUnits(
            LayerWidth, [new($"w_in.{layer}", 0, 1), new($"bias.{layer}", 0, 1), new($"w_out.{layer}", 1, -1)], IsHomogeneous: true)),
    ];

    /// <summary>θ* <c>[P]</c>.</summary>
    internal double[] Weights()
    {
        var weights = new double[Layout.Length];
        foreach (var (index, value) in Enumerable.Range(0, Count).SelectMany(WeightsOf))
            weights[index] = value;
        return weights;
    }

    /// <summary>The weights of function i: flat index and value.</summary>
    internal IEnumerable<(long Index, double Value)> WeightsOf(int i)
    {
        var function = functions[i];
        // relu(1)·F(0) where the bit is on.
        IEnumerable<(long, double)> weights = Neuron(i, 0, 0, 1, function.Value(0));
        for (var j = 0; j < ScalarFunction.Pieces; j++)
        {
            var turn = function.Slope(j) - (j == 0 ? 0 : function.Slope(j - 1));
            weights = weights.Concat(Neuron(i, j + 1, 1, -ScalarFunction.Knot(j), turn));
        }
        return weights;
    }

    /// <summary>One neuron: <c>output·relu(slope·x + offset)</c> if bit i is on, otherwise 0.</summary>
    private IEnumerable<(long Index, double Value)> Neuron(int i, int neuron, double slope, double offset, double output)
    {
        var (layer, unit) = Math.DivRem(place[i * NeuronsPerFunction + neuron], LayerWidth);
        var (reads, bias, writes) = (Layout[$"w_in.{layer}"], Layout[$"bias.{layer}"], Layout[$"w_out.{layer}"]);
        if (slope != 0)
            yield return (reads.Offset + unit * Stream, slope);
        yield return (reads.Offset + unit * Stream + 1 + i, Silence);
        yield return (bias.Offset + unit, offset - Silence);
        yield return (writes.Offset + (Count + 1) * LayerWidth + unit, output);
    }

    private static ParameterLayout MakeLayout(int count)
    {
        var (stream, width) = (count + 2L, NeuronsPerFunction * count / (long)Layers);
        return new ParameterLayout(
        [
            .. Enumerable.Range(0, Layers).SelectMany(layer => ((string, long[])[])
            [
                ($"w_in.{layer}", [width, stream]), ($"bias.{layer}", [width]), ($"w_out.{layer}", [stream, width]),
            ]),
        ]);
    }

    /// <summary>Rows of the identity of the stream, from <paramref name="first"/> on.</summary>
    private double[] Selection(int first, int count) =>
        [.. Enumerable.Range(0, count * Stream).Select(k => k % Stream == first + k / Stream ? 1.0 : 0)];
}
