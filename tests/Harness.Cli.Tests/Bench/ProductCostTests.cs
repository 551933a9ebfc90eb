using Harness.Models;
using TorchSharp;

namespace Harness.Cli.Tests;

/// <summary>Counts by hand. Kills: 6 times the forward pass for the first layer too; a convolution counted once instead of at every pixel.</summary>
public class ProductCostTests
{
    /// <summary>A first layer 4 → 3 costs 2 times its 24 operations, a second one 6 times its 12, one with constant weights 2 times its 20.</summary>
    [Fact]
    public void Of_layers()
    {
        using var scope = torch.NewDisposeScope();
        var constants = new Dictionary<string, torch.Tensor> { ["fixed"] = torch.ones([5, 2], dtype: torch.float64) };
        var network = new Network(
            new ParameterLayout([("w1", [3, 4]), ("b1", [3]), ("w2", [2, 3])]),
            [
                new LinearOperation { Inputs = ["x"], Output = "z", Weight = "w1", Bias = "b1" },
                new ReluOperation { Inputs = ["z"], Output = "h" },
                new LinearOperation { Inputs = ["h"], Output = "y", Weight = "w2" },
                new LinearOperation { Inputs = ["y"], Output = "out", Weight = "fixed" },
            ],
            "out", "x", constants);
        Assert.Equal(2 * 24 + 6 * 12 + 2 * 20, Flops(network, [1, 4]));
    }

    /// <summary>Two 2 × 2 filters on a 4 × 5 image are at 3·4 places each, and cost 2·4 operations at each.</summary>
    [Fact]
    public void Of_a_convolution()
    {
        using var scope = torch.NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("k", [2, 1, 2, 2])]),
            [
                new Conv2dOperation { Inputs = ["x"], Output = "c", Weight = "k" },
                new FlattenOperation { Inputs = ["c"], Output = "y" },
            ],
            "y");
        Assert.Equal(2 * (2 * 12 * 8), Flops(network, [1, 1, 4, 5]));
    }

    /// <summary>Tied weights: decoding with a transposed parameter is a product of two factors that depend.</summary>
    [Fact]
    public void Of_tied_weights()
    {
        using var scope = torch.NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("w", [2, 5])]),
            [
                new LinearOperation { Inputs = ["x"], Output = "h", Weight = "w" },
                new MatmulOperation { Inputs = ["h", "w"], Output = "y" },
            ],
            "y");
        Assert.Equal(2 * 20 + 6 * 20, Flops(network, [1, 5]));
    }

    private static double Flops(Network network, long[] shape) => ProductCost.FlopsPerSample(
        network, torch.ones(network.Layout.Length, dtype: torch.float64), torch.ones(shape, dtype: torch.float64));
}
