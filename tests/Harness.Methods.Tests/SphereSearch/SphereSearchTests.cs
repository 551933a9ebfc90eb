using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>Sphere search on the four-block model, and what every search must keep, found or not.</summary>
public sealed class SphereSearchTests
{
    /// <summary>A search that is too short to find anything keeps the same promises.</summary>
    private static readonly SphereSearchOptions s_short = new() { EigenShares = [0.03], Starts = 2, Radii = [0.1, 0.25], Iterations = 5, Hops = 2, Rounds = 2 };

    /// <summary>Least share of a planted block in a purified subspace that counts as pure (methods.md M4).</summary>
    private const double Pure = 0.99;

    /// <summary>
    /// The first blocks break one at a time and freeze pure; the raw displacement, which is scored, already lies mostly in one block. A random displacement
    /// has a quarter of its length in each.
    /// </summary>
    [Fact]
    public void Blocks_break_one_at_a_time_and_freeze_pure()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var result = new SphereSearch(new SphereSearchOptions { EigenShares = [0.02, 0.05], Hops = 1, Rounds = 2, Starts = 2 }).Search(model.ToSubject(), MethodContext.Default(0));
        Assert.Equal(2, result.Rounds.Count);
        List<int> blocks = [];
        foreach (var round in result.Rounds)
        {
            var raw = Shares(model, round.Chosen!.End.Displacement.unsqueeze(0));
            var pure = Shares(model, round.Subspace!.Basis());
            Assert.True(raw.Max() >= 0.6, $"raw share {raw.Max()}");
            Assert.True(pure.Max() >= Pure, $"purity {pure.Max()}");
            Assert.Equal(Array.IndexOf(raw, raw.Max()), Array.IndexOf(pure, pure.Max()));
            blocks.Add(Array.IndexOf(pure, pure.Max()));
        }
        Assert.Equal(2, blocks.Distinct().Count());
        Assert.True(result.Rounds[1].Remaining < result.Rounds[0].Remaining);
    }

    /// <summary>Kills a centre that moves after the first radius, and a radius that is only penalised: the length inside the eigenspace is r, from θ0.</summary>
    [Fact]
    public void Every_end_is_on_its_sphere_around_the_fixed_centre()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var result = new SphereSearch(s_short).Search(model.ToSubject(), MethodContext.Default(1));
        Assert.Equal(2, result.Hops.Count);
        foreach (var hop in result.Hops)
            foreach (var path in hop.Paths)
            {
                var eigenspace = Eigenspace(model, hop.Center, path.Eigenvectors);
                foreach (var point in path.Points)
                {
                    var inside = eigenspace.Coordinates(point.Displacement.unsqueeze(0)).norm().ToDouble();
                    Assert.True(Math.Abs(inside - point.Radius) <= Tolerances.OnSphere * point.Radius, $"{inside:g17}, radius {point.Radius:g17}");
                }
            }
    }

    /// <summary>Kills a search that moves what it froze.</summary>
    [Fact]
    public void What_is_frozen_stays()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var result = new SphereSearch(s_short with { Rounds = 3 }).Search(model.ToSubject(), MethodContext.Default(1));
        var frozen = new List<Tensor>();
        foreach (var round in result.Rounds)
        {
            foreach (var point in round.Paths.SelectMany(path => path.Points).Where(_ => frozen.Count > 0))
                Assert.True(
                    DenseSubspace.Span(cat([.. frozen], 0)).Coordinates(point.Displacement.unsqueeze(0)).norm().ToDouble() <= Tolerances.OnSphere * point.Radius);
            if (round.Subspace is { } found)
                frozen.Add(found.Basis());
        }
        Assert.NotEmpty(frozen);
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_and_the_parameters_stay()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var before = model.Model.Parameters.clone();
        Tensor End(ulong seed) => new SphereSearch(s_short with { Hops = 1, Rounds = 0 }).Search(model.ToSubject(), MethodContext.Default(seed)).Hops[0].Paths[1].End.Displacement;
        Assert.True(End(3).eq(End(3)).all().ToBoolean());
        Assert.False(End(3).eq(End(4)).all().ToBoolean());
        Assert.True(before.eq(model.Model.Parameters).all().ToBoolean());
    }

    /// <summary>Without displacement nothing changes: the rows are zero to the last bit, so no structure is read into rounding.</summary>
    [Fact]
    public void Delta_Jacobian_vanishes_at_the_centre()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var delta = new DeltaJacobian(model.Model, model.DataSets[0], model.Model.Parameters, MethodContext.Default(0));
        Assert.Equal(0, delta.At(zeros_like(model.Model.Parameters)).abs().max().ToDouble());
        Assert.True(delta.Origin.abs().max().ToDouble() > 0);
    }

    /// <summary>A search that cannot keep its logits small finds nothing, and says so.</summary>
    [Fact]
    public void Nothing_found_is_said()
    {
        using var scope = NewDisposeScope();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        var result = new SphereSearch(s_short with { MostGrowth = 1e-6 }).Search(model.ToSubject(), MethodContext.Default(0));
        Assert.Null(Assert.Single(result.Hops).Chosen);
        Assert.Equal("round 0: no search ended with logits of the old size", result.Ending);
        Assert.Empty(new SphereSearch(s_short with { MostGrowth = 1e-6 }).Decompose(model.ToSubject(), MethodContext.Default(0)).Subnetworks);
    }

    /// <summary>Kills: a cross-entropy times the loss's factor beside that of guessing, by which four times the loss has no clean break.</summary>
    [Fact]
    public void Cross_entropy_is_in_nats_whatever_the_loss_is_multiplied_by()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition-chunked");
        var (model, data, point) = (toy.Model, toy.DataSets[0], toy.Model.Parameters * 0.5);
        double At(double factor) => new LogitGrowth(new LossLandscape(model.Network, model.Loss with { Factor = factor }, data), model.Parameters).At(point).CrossEntropy;
        Assert.NotEqual(0, At(1));
        Assert.Equal(At(1), At(4));
    }

    [Fact]
    public void A_cancelled_search_stops()
    {
        using var scope = NewDisposeScope();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var model = ToyModelCatalog.Create("modular-addition-chunked");
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new SphereSearch(s_short).Search(model.ToSubject(), MethodContext.Default(0) with { Cancellation = cancelled.Token }));
    }

    private static DenseSubspace Eigenspace(ToyModel model, Tensor center, int count)
    {
        using var hessian = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[0]).Hessian(center);
        return new DenseSubspace(new DenseEigensolver().Solve(hessian, new EigenRequest(count) { HasValidity = false }).Vectors);
    }

    /// <summary>Mean share of rows in each planted block.</summary>
    private static double[] Shares(ToyModel model, Tensor rows) =>
        [.. model.Truth.Subnetworks.Select(planted => (planted.Subspace.Coordinates(rows).square().sum() / rows.square().sum()).ToDouble())];
}
