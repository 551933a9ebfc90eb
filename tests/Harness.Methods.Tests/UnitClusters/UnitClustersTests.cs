using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>On closed-form modular addition the clusters are the planted frequencies, entry for entry.</summary>
public sealed class UnitClustersTests
{
    public static TheoryData<ulong, DisguiseKind?> Disguised => new()
    {
        { 0, null }, { 0, DisguiseKind.Permute }, { 0, DisguiseKind.Rescale }, { 1, null }, { 2, DisguiseKind.Permute }, { 3, DisguiseKind.Rescale },
    };

    /// <summary>
    /// Kills: correlation of weights or of activations instead of contributions (rescaled units then look alike or unlike), a
    /// threshold that splits a frequency, masks of incoming weights only, and a component that is not θ* on its mask.
    /// </summary>
    [Theory]
    [MemberData(nameof(Disguised))]
    public void Finds_every_frequency_exactly(ulong seed, DisguiseKind? disguise)
    {
        using var scope = NewDisposeScope();
        var plain = ToyModelCatalog.Create("modular-addition", seed);
        var model = disguise is { } kind ? Disguises.Apply(plain, kind, seed) : plain;
        var found = new UnitClusters().Decompose(model.ToSubject(), MethodContext.Default(0));

        var expected = plain.Truth.Subnetworks.Select(planted => Indices(model.Disguise is { } map
            ? Subspaces.Transform(map, planted.Subspace, inverse: false) : planted.Subspace));
        Assert.Equal(expected.Order(), found.Subnetworks.Select(subnetwork => Indices(subnetwork.Directions!)).Order());
        var sum = found.Subnetworks.Select(subnetwork => subnetwork.Component!).Aggregate((left, right) => left + right);
        Assert.Equal(0, (sum - model.Model.Parameters).abs().max().ToDouble());
    }

    /// <summary>
    /// The threshold matters: at 0.2 a frequency falls into halves (its weakest necessary link is at 0.139), so the default is
    /// not a value that any number could replace.
    /// </summary>
    [Theory]
    [InlineData(1e-6, 3)]
    [InlineData(0.13, 3)]
    [InlineData(0.2, 6)]
    [InlineData(0.3, 18)]
    public void Threshold_decides_how_far_a_frequency_hangs_together(double threshold, int clusters)
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition");
        var found = new UnitClusters(new UnitClusterOptions(threshold)).Decompose(model.ToSubject(), MethodContext.Default(0));
        Assert.Equal(clusters, found.Subnetworks.Count);
    }

    /// <summary>Kills a method that owns weights twice: whatever the clusters, their masks are disjoint and avoid output biases.</summary>
    [Fact]
    public void Masks_are_disjoint_and_output_biases_belong_to_nobody()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("direct-sum");
        var found = new UnitClusters().Decompose(model.ToSubject(), MethodContext.Default(0));
        var owned = found.Subnetworks.SelectMany(subnetwork => ((CoordinateSubspace)subnetwork.Directions!).Indices).ToList();
        Assert.Equal(owned.Count, owned.Distinct().Count());
        Assert.DoesNotContain(model.Model.Network.Layout["b2.0"].Offset, owned);
    }

    /// <summary>Kills a method that clusters units without effect (their correlation is 0/0) or fails on them.</summary>
    [Fact]
    public void Units_without_effect_belong_to_no_cluster()
    {
        using var scope = NewDisposeScope();
        var layout = new ParameterLayout([("w", [2, 2]), ("v", [2, 2])]);
        var network = new Network(
            layout,
            [
                new LinearOperation { Inputs = ["x"], Weight = "w", Output = "h" },
                new LinearOperation { Inputs = ["h"], Weight = "v", Output = "z" },
            ],
            "z");
        var parameters = tensor(new double[] { 1, 2, 3, 4, 1, 0, 1, 0 });
        var data = new DataSet("all", eye(2, dtype: float64), eye(2, dtype: float64));
        var subject = new Subject(new Model(network, parameters, new Loss(LossKind.MeanSquaredError)), [data]);
        var found = Assert.Single(new UnitClusters().Decompose(subject, MethodContext.Default(0)).Subnetworks);
        Assert.Equal("0 1 4 6", Indices(found.Directions!));
    }

    /// <summary>A network without hidden units has no clusters: "nothing found", not an error.</summary>
    [Fact]
    public void Linear_regression_has_no_units()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new ParameterLayout([("w", [1, 2])]), [new LinearOperation { Inputs = ["x"], Weight = "w", Output = "z" }], "z");
        var data = new DataSet("all", eye(2, dtype: float64), ones([2, 1], dtype: float64));
        var subject = new Subject(new Model(network, ones([2], dtype: float64), new Loss(LossKind.MeanSquaredError)), [data]);
        Assert.Empty(new UnitClusters().Decompose(subject, MethodContext.Default(0)).Subnetworks);
    }

    private static string Indices(Subspace subspace) => string.Join(" ", ((CoordinateSubspace)subspace).Indices);
}
