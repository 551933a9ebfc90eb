using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>weight-svd against what singular values must satisfy.</summary>
public sealed class WeightSvdTests
{
    /// <summary>
    /// With all energy kept the components add up to the weights. Kills: s applied twice or not at all, u and v swapped (which a
    /// square matrix hides), a component written at the wrong offset, and a kept rule that drops the tail.
    /// </summary>
    [Theory]
    [InlineData("modular-addition")]
    [InlineData("direct-sum")]
    public void All_components_add_up_to_the_weights(string id)
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create(id);
        var layout = toy.Model.Network.Layout;
        var found = new WeightSvd(new WeightSvdOptions(1)).Decompose(toy.ToSubject(), MethodContext.Default(0));
        var sum = found.Subnetworks.Select(one => one.Component!).Aggregate((left, right) => left + right);
        foreach (var (part, weight) in layout.Split(sum).Zip(layout.Split(toy.Model.Parameters)))
            // Biases belong to nobody.
            Assert.InRange((part - (weight.ndim >= 2 ? weight : zeros_like(weight))).abs().max().ToDouble(), 0, Rounding);
    }

    /// <summary>
    /// A known spectrum: of diag(2, 0.1, 3, 2) the default keeps 3 and the pair 2, 2 as one subnetwork. Kills: single vectors of
    /// a repeated value (their basis is arbitrary), a rule that splits the pair, shares of s instead of s².
    /// </summary>
    [Fact]
    public void Equal_singular_values_are_one_subnetwork()
    {
        using var scope = NewDisposeScope();
        var found = Decompose(Diagonal(2, 0.1, 3, 2));
        Assert.Equal(["w singular value 0", "w singular values 1 … 2"], found.Subnetworks.Select(one => one.Name));
        Assert.Equal(0, (found.Subnetworks[1].Component! - Diagonal(2, 0, 0, 2).reshape(-1)).abs().max().ToDouble(), Rounding);
        Assert.All(found.Subnetworks, one => Assert.Equal(1, one.Directions!.Dimension));
        Assert.All(found.Subnetworks, one => Assert.Equal(0, one.Directions!.ProjectOff(one.Component!.unsqueeze(0)).abs().max().ToDouble(), Rounding));
    }

    /// <summary>A zero weight has no direction worth naming: kills 0/0.</summary>
    [Fact]
    public void A_zero_weight_gives_nothing()
    {
        using var scope = NewDisposeScope();
        Assert.Empty(Decompose(zeros([3, 3], dtype: float64)).Subnetworks);
    }

    /// <summary>A backward-stable factorisation of a matrix with entries and sizes of order 10 is off by less than 10⁴·u.</summary>
    private const double Rounding = Tolerances.SameOutputs;

    private static Tensor Diagonal(params double[] entries) => eye(entries.Length, dtype: float64) * tensor(entries);

    private static Decomposition Decompose(Tensor weight)
    {
        var network = new Network(
            new ParameterLayout([("w", weight.shape)]), [new LinearOperation { Inputs = ["x"], Weight = "w", Output = "z" }], "z");
        var data = new DataSet("all", eye(weight.shape[1], dtype: float64), eye(weight.shape[0], dtype: float64));
        var subject = new Subject(new Model(network, weight.reshape(-1), new Loss(LossKind.MeanSquaredError)), [data]);
        return new WeightSvd().Decompose(subject, MethodContext.Default(0));
    }
}
