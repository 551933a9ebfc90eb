using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>Algebraic block finders on exactly parallel models: each part lies in one planted block, plain and after a rotation of all parameters.</summary>
public sealed class FunctionalHessianTests
{
    private const double Pure = 0.99;

    [Theory]
    [InlineData("direct-sum", 3)]
    [InlineData("modular-addition-chunked", 4)]
    public void Parts_are_the_planted_blocks(string id, int blocks)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create(id);
        var found = new FunctionalHessianClustering().Decompose(model.ToSubject(), MethodContext.Default(0));
        Assert.Equal(blocks, found.Subnetworks.Count);
        Assert.Equal(Enumerable.Range(0, blocks), found.Subnetworks.Select(subnetwork => Block(model, subnetwork)).Order());
    }

    /// <summary>No basis is left that would show a block: the parts are found all the same. Kills anything that goes by coordinates.</summary>
    [Theory]
    [InlineData("direct-sum", 3)]
    [InlineData("modular-addition-chunked", 4)]
    public void A_rotation_of_all_parameters_hides_nothing(string id, int blocks)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create(id);
        var (rotated, rotation) = Rewritten.Rotated(model.Model, 5);
        var found = new FunctionalHessianClustering().Decompose(new Subject(rotated, model.DataSets), MethodContext.Default(0));
        Assert.Equal(
            Enumerable.Range(0, blocks),
            found.Subnetworks.Select(subnetwork => Block(model, subnetwork with { Directions = new DenseSubspace(subnetwork.Directions!.Basis().matmul(rotation)) })).Order());
    }

    /// <summary>Exactness is the method's strength and its limit: with the least coupling nearly all directions are one part.</summary>
    [Theory]
    [InlineData(0, 0.2, 0.3)]
    [InlineData(0.001, 0.9, 1)]
    public void Any_coupling_makes_one_part_of_all(double coupling, double least, double most)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var found = new FunctionalHessianClustering().Decompose(new Subject(Rewritten.Coupled(model.Model, coupling), model.DataSets), MethodContext.Default(0));
        Assert.InRange(found.Subnetworks.Max(subnetwork => subnetwork.Directions!.Dimension) / (double)found.Subnetworks.Sum(subnetwork => subnetwork.Directions!.Dimension), least, most);
    }

    /// <summary>Quadratic modular addition is a sum over its units: the finest split is one part per unit, and that is what it says.</summary>
    [Fact]
    public void One_hidden_layer_splits_into_units()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition");
        var finest = new FunctionalHessianClustering(joins: false).Decompose(model.ToSubject(), MethodContext.Default(0));
        Assert.Equal(18, finest.Subnetworks.Count);
        var joined = new FunctionalHessianClustering().Decompose(model.ToSubject(), MethodContext.Default(0));
        Assert.Equal("split", joined.Metadata["verdict"]);
        Assert.Equal([0, 1, 2], joined.Subnetworks.Select(subnetwork => Block(model, subnetwork)).Order());
    }

    [Fact]
    public void Random_displacements_find_the_blocks_too()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var found = new DeltaJacobianBlocks().Decompose(model.ToSubject(), MethodContext.Default(0));
        Assert.Equal([0, 1, 2, 3], found.Subnetworks.Select(subnetwork => Block(model, subnetwork)).Order());
    }

    private static int Block(ToyModel model, Subnetwork subnetwork)
    {
        var rows = subnetwork.Directions!.Basis();
        var shares = model.Truth.Subnetworks.Select(planted => (planted.Subspace.Coordinates(rows).square().sum() / rows.square().sum()).ToDouble()).ToArray();
        Assert.True(shares.Max() >= Pure, $"{subnetwork.Name}: purity {shares.Max()}");
        return Array.IndexOf(shares, shares.Max());
    }
}
