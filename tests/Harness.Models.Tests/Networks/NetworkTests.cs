using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models.Tests.Networks;

public class NetworkTests
{
    /// <summary>The interpreter against the same network written in plain C# loops. Kills a transposed weight, a lost bias, another activation.</summary>
    [Fact]
    public void Mlp_agrees_with_plain_loops()
    {
        using var scope = NewDisposeScope();
        var network = TestNetworks.Mlp();
        var theta = new RandomSource(5).Gaussians(network.Layout.Length);
        double[] x = [0.3, -1.2, 2.0];
        var hidden = new double[4];
        for (var i = 0; i < 4; i++)
        {
            var pre = theta[12 + i];
            for (var j = 0; j < 3; j++)
                pre += theta[3 * i + j] * x[j];
            hidden[i] = pre / (1 + Math.Exp(-pre));
        }
        var expected = Enumerable.Range(0, 2).Select(o => Enumerable.Range(0, 4).Sum(i => theta[16 + 4 * o + i] * hidden[i])).ToArray();
        var actual = network.Forward(tensor(theta), tensor(x).reshape(1, 3)).data<double>().ToArray();
        for (var o = 0; o < 2; o++)
            Assert.Equal(expected[o], actual[o], Tolerances.SameOutputs);
    }

    /// <summary>Every other operation, against a computation by hand for one sample.</summary>
    [Fact]
    public void Token_network_agrees_with_plain_loops()
    {
        using var scope = NewDisposeScope();
        var network = TestNetworks.Tokens();
        var theta = new RandomSource(6).Gaussians(network.Layout.Length);
        double E(int row, int column) => theta[3 * row + column];
        double[] k = [1.0, -2, 0.5];
        var sum = new double[3];
        for (var j = 0; j < 3; j++)
        {
            var s = E(4, j) + E(2, j);
            sum[j] = s * k[j] * s * k[j] + s;
        }
        var mixed = Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, 3).Sum(r => sum[r] * theta[15 + 3 * r + c])).ToArray();
        var total = mixed.Sum(Math.Exp);
        var actual = network.Forward(tensor(theta), tensor(new long[] { 4, 2 }).reshape(1, 2)).data<double>().ToArray();
        for (var c = 0; c < 3; c++)
            Assert.Equal(2 * Math.Exp(mixed[c]) / total, actual[c], Tolerances.SameOutputs);
    }

    /// <summary>Grouped, strided, padded convolution and pooling, against plain loops. Kills swapped stride and padding, and ungrouped weights.</summary>
    [Fact]
    public void Convolution_agrees_with_plain_loops()
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("g", [4, 1, 3, 3])]);
        var network = new Network(
            layout, [new Conv2dOperation { Inputs = ["x"], Weight = "g", Groups = 2, Stride = 2, Padding = 1, Output = "z" }], "z");
        var weights = new RandomSource(7).Gaussians(36);
        var image = new RandomSource(8).Gaussians(2 * 5 * 5);
        var actual = network.Forward(tensor(weights), tensor(image).reshape(1, 2, 5, 5));
        Assert.Equal([1, 4, 3, 3], actual.shape);
        for (var o = 0; o < 4; o++)
            for (var r = 0; r < 3; r++)
                for (var c = 0; c < 3; c++)
                {
                    var expected = 0.0;
                    for (var i = 0; i < 3; i++)
                        for (var j = 0; j < 3; j++)
                        {
                            var (y, x) = (2 * r + i - 1, 2 * c + j - 1);
                            if (y is >= 0 and < 5 && x is >= 0 and < 5)
                                expected += weights[9 * o + 3 * i + j] * image[25 * (o / 2) + 5 * y + x];
                        }
                    Assert.Equal(expected, actual[0, o, r, c].ToDouble(), Tolerances.SameOutputs);
                }
    }

    /// <summary>Samples do not see each other: a batch is the stack of its samples. Kills batch statistics (a train mode left on).</summary>
    [Fact]
    public void A_batch_is_the_stack_of_its_samples()
    {
        using var scope = NewDisposeScope();
        var network = TestNetworks.Convolutional();
        var theta = TestNetworks.Parameters(network, 1);
        var inputs = tensor(new RandomSource(2).Gaussians(3 * 64)).reshape(3, 64);
        var batch = network.Forward(theta, inputs);
        for (var i = 0; i < 3; i++)
            Assert.True((batch.narrow(0, i, 1) - network.Forward(theta, inputs.narrow(0, i, 1))).abs().max().ToDouble() < Tolerances.SameOutputs);
    }

    /// <summary>Kills an interpreter that ignores the parameters' dtype, or keeps constants in float64.</summary>
    [Fact]
    public void Follows_the_dtype_of_the_parameters()
    {
        using var scope = NewDisposeScope();
        var network = TestNetworks.Tokens();
        var outputs = network.Forward(TestNetworks.Parameters(network, 0).to(float32), tensor(new long[] { 0, 1 }).reshape(1, 2));
        Assert.Equal(float32, outputs.dtype);
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var scope = NewDisposeScope();
        var network = TestNetworks.Convolutional();
        var (theta, inputs) = (TestNetworks.Parameters(network, 1), zeros(2, 64, dtype: ScalarType.Float64));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        network.Forward(theta, inputs).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>Kills: gates of the wrong operation, of the output instead of the input, a pooling window read with a wrong stride.</summary>
    [Fact]
    public void Says_on_which_side_of_its_kinks_it_is()
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("b", [1])]),
            [
                new AddOperation { Inputs = ["x", "b"], Output = "h" },
                new ReluOperation { Inputs = ["h"], Output = "r" },
                new SiluOperation { Inputs = ["r"], Output = "s" },
                new MaxPool2dOperation { Inputs = ["s"], Kernel = 2, Stride = 1, Output = "z" },
            ],
            "z");
        var inputs = tensor(new[] { -3.0, 1, 2, 0, 4, -1, 5, 0, 0 }, [1, 1, 3, 3]);
        var gates = network.Gates([tensor(new[] { -1.5 })], inputs);
        Assert.Equal(2, gates.Count);
        Assert.Equal([false, false, true, false, true, false, true, false, false], gates[0].flatten().data<bool>().ToArray());
        Assert.Equal([3L, 2, 2, 0], gates[1].flatten().data<long>().ToArray());
        Assert.Empty(TestNetworks.Mlp().Gates([.. TestNetworks.Mlp().Layout.Split(TestNetworks.Parameters(TestNetworks.Mlp(), 0))], zeros(1, 3, ScalarType.Float64)));
    }

    [Fact]
    public void Names_the_operation_and_the_shapes_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        var network = TestNetworks.Mlp();
        var error = Assert.Throws<NetworkException>(() => network.Forward(TestNetworks.Parameters(network, 0), zeros(1, 4, dtype: ScalarType.Float64)));
        Assert.Equal("Operation 0 (LinearOperation, output 'h'): expected x [..., in] and weight [out, in], got [1, 4] and [4, 3].", error.Message);
    }

    /// <summary>Kills a gather that reads past a table: genuine torch would abort the process.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public void Refuses_indices_out_of_range(long index)
    {
        using var scope = NewDisposeScope();
        var network = TestNetworks.Tokens();
        var error = Assert.Throws<NetworkException>(
            () => network.Forward(TestNetworks.Parameters(network, 0), tensor(new[] { index, 0 }).reshape(1, 2)));
        Assert.Contains("indices in 0 … 4", error.Message);
    }

    [Fact]
    public void Refuses_ill_formed_networks()
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("w", [2, 2])]);
        LinearOperation Linear(string from, string to) => new() { Inputs = [from], Weight = "w", Output = to };
        string Message(params Operation[] operations) => Assert.Throws<NetworkException>(() => new Network(layout, operations, "z")).Message;
        Assert.Contains("reads 'y', which nothing before it defines", Message(Linear("y", "z")));
        Assert.Contains("defines 'z' a second time", Message(Linear("x", "z"), Linear("x", "z")));
        Assert.Contains("'z' is not defined", Message(Linear("x", "h")));
        Assert.Contains("at least one operation", Message());
        Assert.Contains("reads 1 values, expected 2", Message(new AddOperation { Inputs = ["x"], Output = "z" }));
    }

    /// <summary>Matrices side by side, <c>[B, g, a, b] · [g, b, c]</c>, however many rows each sample has. Kills groups or rows that change places.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Grouped_products_are_one_product_for_each_group(int rows)
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("m", [4, 2, 5])]),
            [
                new ReshapeOperation { Inputs = ["x"], NewShape = [-1, 4, rows, 2], Output = "groups" },
                new MatmulOperation { Inputs = ["groups", "m"], Output = "y" },
            ],
            "y");
        var (theta, x) = (TestNetworks.Parameters(network, 3), tensor(new RandomSource(4).Gaussians(7 * 8 * rows), [7, 8 * rows]));
        var (output, groups, weights) = (network.Forward(theta, x), x.reshape(7, 4, rows, 2), theta.reshape(4, 2, 5));
        Assert.Equal([7, 4, rows, 5], output.shape);
        for (var sample = 0; sample < 7; sample++)
            for (var group = 0; group < 4; group++)
                for (var row = 0; row < rows; row++)
                    for (var column = 0; column < 5; column++)
                    {
                        var expected = groups[sample, group, row].dot(weights[group].select(1, column)).ToDouble();
                        Assert.Equal(expected, output[sample, group, row, column].ToDouble(), Tolerances.SameOutputs);
                    }
    }
}
