using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// Components of the non-zero weights, read off the network's operations. Kills: components by tensor, zero weights that connect, biases or tied weights
/// that are lost.
/// </summary>
public class ConnectedWeightsTests
{
    [Fact]
    public void Independent_networks_fall_apart_into_their_blocks()
    {
        using var scope = NewDisposeScope();
        var model = GradingCase.Of("direct-sum").Model;
        var components = ConnectedWeights.Find(model.Model.Network, model.Model.Parameters, model.DataSets[0].Inputs.narrow(0, 0, 1))!;
        var planted = model.Truth.Subnetworks.Select(one => ((CoordinateSubspace)one.Subspace).Indices);
        Assert.Equal(Sorted(planted), Sorted(components.Select(one => one.Indices)));
    }

    /// <summary>Also through one-hot inputs, slices, and (superposition) a tied, transposed matrix.</summary>
    [Theory]
    [InlineData("modular-addition", 1242)]
    [InlineData("superposition-5-2", 15)]
    [InlineData("superposition-5-2-untied", 25)]
    [InlineData("modular-addition-chunked", 496)]
    public void Shared_inputs_and_outputs_connect_everything(string id, int parameters)
    {
        using var scope = NewDisposeScope();
        var model = GradingCase.Of(id).Model;
        var components = ConnectedWeights.Find(model.Model.Network, model.Model.Parameters, model.DataSets[0].Inputs.narrow(0, 0, 1))!;
        Assert.Equal(parameters, Assert.Single(components).Dimension);
    }

    /// <summary>y = W₂ relu(W₁x + b) with both matrices diagonal: three chains, and whoever joins zeros finds one.</summary>
    [Fact]
    public void Zero_weights_connect_nothing_and_belong_nowhere()
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("w1", [3, 3]), ("b", [3]), ("w2", [3, 3])]);
        var network = new Network(
            layout,
            [
                new LinearOperation { Inputs = ["x"], Weight = "w1", Bias = "b", Output = "z" },
                new ReluOperation { Inputs = ["z"], Output = "h" },
                new LinearOperation { Inputs = ["h"], Weight = "w2", Output = "y" },
            ],
            "y");
        var theta = layout.Flatten([eye(3, 3, float64), tensor(new double[] { 1, 0, 1 }), eye(3, 3, float64) * 2]);
        var components = ConnectedWeights.Find(network, theta, zeros(1, 3, float64))!;
        Assert.Equal(["0,9,12", "4,16", "8,11,20"], components.Select(one => string.Join(',', one.Indices)).Order());
    }

    /// <summary>Kills components that run from one group's matrix to another's.</summary>
    [Fact]
    public void Groups_with_matrices_of_their_own_fall_apart()
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("m", [2, 2, 1])]),
            [
                new ReshapeOperation { Inputs = ["x"], NewShape = [-1, 2, 1, 2], Output = "pairs" },
                new MatmulOperation { Inputs = ["pairs", "m"], Output = "groups" },
                new ReshapeOperation { Inputs = ["groups"], NewShape = [-1, 2], Output = "y" },
            ],
            "y");
        var components = ConnectedWeights.Find(network, ones(4, float64), zeros(1, 4, float64))!;
        Assert.Equal(["0,1", "2,3"], components.Select(one => string.Join(',', one.Indices)).Order());
    }

    [Fact]
    public void An_operation_that_is_not_understood_gives_no_answer()
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("k", [1, 1, 2, 2])]);
        var network = new Network(layout, [new Conv2dOperation { Inputs = ["x"], Weight = "k", Output = "z" }, new FlattenOperation { Inputs = ["z"], Output = "y" }], "y");
        Assert.Null(ConnectedWeights.Find(network, ones(4, float64), zeros(1, 1, 3, 3, float64)));
    }

    private static IEnumerable<string> Sorted(IEnumerable<IReadOnlyList<long>> sets) => sets.Select(set => string.Join(',', set)).Order();
}
