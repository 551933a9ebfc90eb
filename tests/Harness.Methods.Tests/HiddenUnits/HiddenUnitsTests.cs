using Harness.Models;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>The units of small networks whose wiring can be read off by eye.</summary>
public sealed class HiddenUnitsTests
{
    /// <summary>Kills a tracer that forgets biases, reads rows for columns, or counts output units as hidden.</summary>
    [Fact]
    public void Perceptron_has_one_unit_per_hidden_row()
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("w", [3, 2]), ("b", [3]), ("v", [2, 3]), ("c", [2])]);
        var network = new Network(
            layout,
            [
                new LinearOperation { Inputs = ["x"], Weight = "w", Bias = "b", Output = "pre" },
                new ReluOperation { Inputs = ["pre"], Output = "h" },
                new LinearOperation { Inputs = ["h"], Weight = "v", Bias = "c", Output = "z" },
            ],
            "z");
        Assert.Equal(
            ["pre[0]: 0 1 6 -> 9 12", "pre[1]: 2 3 7 -> 10 13", "pre[2]: 4 5 8 -> 11 14"], Describe(network, 2));
    }

    /// <summary>Kills a tracer that lets every group read every matrix, or takes a column of a group's matrix for a row.</summary>
    [Fact]
    public void Groups_of_units_have_matrices_of_their_own()
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("w", [4, 1]), ("m", [2, 2, 1]), ("v", [1, 2])]),
            [
                new LinearOperation { Inputs = ["x"], Weight = "w", Output = "h" },
                new ReshapeOperation { Inputs = ["h"], NewShape = [-1, 2, 1, 2], Output = "pairs" },
                new MatmulOperation { Inputs = ["pairs", "m"], Output = "groups" },
                new ReshapeOperation { Inputs = ["groups"], NewShape = [-1, 2], Output = "joined" },
                new LinearOperation { Inputs = ["joined"], Weight = "v", Output = "z" },
            ],
            "z");
        Assert.Equal(
            ["h[0]: 0 -> 4", "h[1]: 1 -> 5", "h[2]: 2 -> 6", "h[3]: 3 -> 7", "groups[0]: 4 5 -> 8", "groups[1]: 6 7 -> 9"], Describe(network, 1));
    }

    /// <summary>Kills a tracer that makes two units of two branches that are added entry by entry.</summary>
    [Fact]
    public void Added_branches_are_one_unit()
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("u", [2, 1]), ("w", [2, 1]), ("v", [1, 2])]),
            [
                new SliceOperation { Inputs = ["x"], Start = 0, End = 1, Output = "left" },
                new SliceOperation { Inputs = ["x"], Start = 1, End = 2, Output = "right" },
                new LinearOperation { Inputs = ["left"], Weight = "u", Output = "a" },
                new LinearOperation { Inputs = ["right"], Weight = "w", Output = "b" },
                new AddOperation { Inputs = ["a", "b"], Output = "sum" },
                new SquareOperation { Inputs = ["sum"], Output = "h" },
                new LinearOperation { Inputs = ["h"], Weight = "v", Output = "z" },
            ],
            "z");
        Assert.Equal(["a[0]: 0 2 -> 4", "a[1]: 1 3 -> 5"], Describe(network, 2));
    }

    /// <summary>Kills a tracer that loses the channel when an image is pooled and flattened, or ignores groups.</summary>
    [Fact]
    public void Grouped_convolution_has_one_unit_per_channel()
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("k1", [2, 1, 1, 1]), ("k2", [2, 1, 1, 1]), ("v", [1, 8])]),
            [
                new Conv2dOperation { Inputs = ["x"], Weight = "k1", Output = "c1" },
                new ReluOperation { Inputs = ["c1"], Output = "r1" },
                new Conv2dOperation { Inputs = ["r1"], Weight = "k2", Groups = 2, Output = "c2" },
                new MaxPool2dOperation { Inputs = ["c2"], Kernel = 2, Output = "p" },
                new FlattenOperation { Inputs = ["p"], Output = "f" },
                new LinearOperation { Inputs = ["f"], Weight = "v", Output = "z" },
            ],
            "z");
        Assert.Equal(
            ["c1[0]: 0 -> 2", "c1[1]: 1 -> 3", "c2[0]: 2 -> 4 5 6 7", "c2[1]: 3 -> 8 9 10 11"], Describe(network, 1, 4, 4));
    }

    /// <summary>Kills a tracer that follows parameters only by name: a tied decoder reads its units through a transposed encoder.</summary>
    [Fact]
    public void Tied_decoder_reads_the_encoder()
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("w", [2, 3]), ("b", [3])]),
            [
                new LinearOperation { Inputs = ["x"], Weight = "w", Output = "h" },
                new MatmulOperation { Inputs = ["h", "w"], Output = "y" },
                new AddOperation { Inputs = ["y", "b"], Output = "shifted" },
                new ReluOperation { Inputs = ["shifted"], Output = "z" },
            ],
            "z");
        Assert.Equal(["h[0]: 0 1 2 -> 0 1 2", "h[1]: 3 4 5 -> 3 4 5"], Describe(network, 3));
    }

    /// <summary>
    /// Kills a tracer that calls a value a unit although a softmax mixes it or a fixed matrix reads it: neither can be cut out by
    /// weights.
    /// </summary>
    [Fact]
    public void Mixed_values_are_no_units()
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("w", [2, 2]), ("u", [2, 2]), ("v", [2, 2])]),
            [
                new LinearOperation { Inputs = ["x"], Weight = "w", Output = "a" },
                new SoftmaxOperation { Inputs = ["a"], Output = "s" },
                new LinearOperation { Inputs = ["x"], Weight = "u", Output = "b" },
                new LinearOperation { Inputs = ["b"], Weight = "k", Output = "fixed" },
                new AddOperation { Inputs = ["s", "fixed"], Output = "sum" },
                new LinearOperation { Inputs = ["sum"], Weight = "v", Output = "z" },
            ],
            "z", "x", new Dictionary<string, Tensor> { ["k"] = eye(2, dtype: float64) });
        Assert.Empty(Describe(network, 2));
    }

    /// <summary>
    /// With its outgoing weights at zero a unit has no effect: changing its incoming weights then changes no output. Kills a
    /// tracer that misses any outgoing weight, on every model of the catalogue that has units.
    /// </summary>
    [Theory]
    [InlineData("modular-addition")]
    [InlineData("direct-sum")]
    public void Zero_outgoing_weights_cut_a_unit_out(string id)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create(id);
        var (network, parameters) = (model.Model.Network, model.Model.Parameters);
        var inputs = model.DataSets[0].Inputs;
        var units = Harness.Methods.HiddenUnits.Find(network, inputs.narrow(0, 0, 1));
        Assert.NotEmpty(units);
        foreach (var unit in units)
        {
            var cut = parameters.index_fill(0, tensor(unit.Outgoing.ToArray()), 0);
            var changed = cut.index_fill(0, tensor(unit.Incoming.Except(unit.Outgoing).ToArray()), 3);
            Assert.Equal(0, (network.Forward(cut, inputs) - network.Forward(changed, inputs)).abs().max().ToDouble());
        }
    }

    private static string[] Describe(Network network, params long[] sample) =>
    [
        .. Harness.Methods.HiddenUnits.Find(network, zeros([1, .. sample], dtype: float64))
            .Select(unit => $"{unit.Name}: {string.Join(" ", unit.Incoming)} -> {string.Join(" ", unit.Outgoing)}"),
    ];
}
