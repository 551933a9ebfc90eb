using Harness.Decompositions;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>Cuts of the graph of hidden units: exact where the Hessian is block diagonal, and honest elsewhere.</summary>
public sealed class HessianClustersTests
{
    [Fact]
    public void Independent_nets_are_cut_apart_and_not_cut_up()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("direct-sum");
        var found = new HessianClusters().Decompose(toy.ToSubject(), MethodContext.Default(0));
        Assert.Equal(3, found.Subnetworks.Count);
        foreach (var subnetwork in found.Subnetworks)
        {
            var rows = subnetwork.Directions!.Basis();
            var shares = toy.Truth.Subnetworks.Select(planted => (planted.Subspace.Coordinates(rows).square().sum() / rows.square().sum()).ToDouble());
            Assert.Equal(1, shares.Max());
        }
    }

    /// <summary>The order of units is nobody's choice: kills ties that are broken by it.</summary>
    [Fact]
    public void A_permutation_of_units_changes_names_only()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("direct-sum");
        var twin = Disguises.Apply(toy, DisguiseKind.Permute, 3);
        Tensor Answer(ToyModel model) => cat([.. new HessianClusters().Decompose(model.ToSubject(), MethodContext.Default(0)).Subnetworks.Select(s => s.Component!.unsqueeze(0))], 0);
        var (plain, permuted) = (twin.Disguise!.Apply(Answer(toy)), Answer(twin));
        Assert.Equal(plain.shape, permuted.shape);
        for (var row = 0; row < plain.shape[0]; row++)
            Assert.Contains(Enumerable.Range(0, (int)permuted.shape[0]), other => permuted[other].eq(plain[row]).all().ToBoolean());
    }
}
