using Harness.Decompositions;
using Harness.Grading;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods.Tests;

/// <summary>
/// The negative controls of methods.md M4: what a search finds when one part of the recipe is left out, from every one of a few starts.
/// </summary>
public sealed class SphereControlTests
{
    private static readonly SphereSearchOptions s_one = new() { EigenShares = [0.05], Starts = 3, Hops = 1, Rounds = 0, MostGrowth = double.PositiveInfinity };

    /// <summary>Without an eigenspace there is somewhere to go for free: symmetries. Strengths stay, and so does the loss.</summary>
    [Fact]
    public void In_the_full_space_only_symmetries_drift()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition-chunked");
        foreach (var (strengths, accuracy, end) in Ends(toy, s_one with { EigenShares = [1] }))
        {
            Assert.All(strengths, strength => Assert.InRange(strength, 0.95, 1.05));
            Assert.InRange(accuracy, 0.99, 1);
            Assert.InRange(end.Growth, 0.95, 1.05);
        }
    }

    /// <summary>Without weight decay larger logits are better ones: where there is room, nothing breaks and everything grows.</summary>
    [Fact]
    public void Without_weight_decay_every_subnetwork_grows()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition-chunked");
        var without = toy with { Model = new Model(toy.Model.Network, toy.Model.Parameters, new Loss(LossKind.CrossEntropy)) };
        Assert.False(new SphereSearch().AppliesTo(without.ToSubject()));
        foreach (var (strengths, accuracy, end) in Ends(without, s_one with { EigenShares = [0.3] }))
        {
            Assert.All(strengths, strength => Assert.True(strength > 2, string.Join(", ", strengths)));
            Assert.InRange(accuracy, 0.95, 1);
            // The cap on the logits is what keeps such an end from being an answer.
            Assert.True(end.Growth > new SphereSearchOptions().MostGrowth, $"{end.Growth}");
        }
    }

    /// <summary>
    /// Held inside the eigenspace, or nearly so, nothing can adapt: the network does worse than guessing. One strength may fall below a half all the same, so
    /// strengths alone would call that a break.
    /// </summary>
    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(10)]
    public void Without_a_soft_complement_all_collapse(double penalty)
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition-chunked");
        var guessing = Math.Log(toy.DataSets[0].Targets.max().ToInt64() + 1);
        foreach (var (strengths, accuracy, end) in Ends(toy, s_one with { EigenShares = [0.02], PenaltyShare = penalty }))
        {
            Assert.True(accuracy < 0.5, $"accuracy {accuracy}, strengths {string.Join(", ", strengths)}");
            Assert.True(end.CrossEntropy > guessing, $"{end.CrossEntropy}");
        }
    }

    /// <summary>Kills a K that follows all parameters, and an iterative route that searches another space: both routes take the same steps.</summary>
    [Fact]
    public void Lanczos_and_the_dense_route_agree()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition-chunked");
        var few = s_one with { EigenShares = [0.02], Radii = [0.15], Iterations = 3, Starts = 1 };
        var dense = new SphereSearch(few).Search(toy.ToSubject(), MethodContext.Default(0));
        var lanczos = new SphereSearch(few with { DenseUpTo = 0 }).Search(toy.ToSubject(), MethodContext.Default(0));
        Assert.True(lanczos.Products < toy.Model.Parameters.shape[0] / 2, $"{lanczos.Products} products: that is the whole matrix");
        var (one, other) = (Assert.Single(dense.Hops[0].Paths), Assert.Single(lanczos.Hops[0].Paths));
        Assert.Equal(one.Eigenvectors, other.Eigenvectors);
        Assert.Equal(one.End.Radius, other.End.Radius);
        // Signs of eigenvectors are nobody's choice, so the starts differ; the spaces must not.
        foreach (var (path, hop) in new[] { (one, dense.Hops[0]), (other, lanczos.Hops[0]) })
            Assert.Equal(path.End.Radius, Eigenspace(toy, hop.Center, path.Eigenvectors).Coordinates(path.End.Displacement.unsqueeze(0)).norm().ToDouble(), 1e-6);
    }

    /// <summary>
    /// Controls have no weight decay, so that the search does not apply to them. Given some, what it finds on random weights is worse than guessing: no clean break, and
    /// nothing is claimed.
    /// </summary>
    [Fact]
    public void Nothing_breaks_clean_where_nothing_is_planted()
    {
        using var scope = NewDisposeScope();
        Assert.False(new SphereSearch().AppliesTo(ToyModelCatalog.Create("control/entangled").ToSubject()));
        var toy = ToyModelCatalog.Create("control/random-weights/modular-addition");
        Assert.False(new SphereSearch().AppliesTo(toy.ToSubject()));
        var decayed = new Subject(new Model(toy.Model.Network, toy.Model.Parameters, new Loss(LossKind.CrossEntropy, 1e-3)), toy.DataSets);
        var search = new SphereSearch(s_one with { EigenShares = [0.02], Rounds = 1, Starts = 1 });
        Assert.DoesNotContain(search.Search(decayed, MethodContext.Default(0)).Rounds, round => round.IsCleanBreak);
    }

    private static DenseSubspace Eigenspace(ToyModel toy, Tensor center, int count)
    {
        using var hessian = new LossLandscape(toy.Model.Network, toy.Model.Loss, toy.DataSets[0]).Hessian(center);
        return new DenseSubspace(new DenseEigensolver().Solve(hessian, new EigenRequest(count)).Vectors);
    }

    /// <summary>Where a search of one hop ends from each of its starts.</summary>
    private static (double[] Strengths, double Accuracy, SpherePoint End)[] Ends(ToyModel toy, SphereSearchOptions options)
    {
        var round = new SphereSearch(options).Search(toy.ToSubject(), MethodContext.Default(0)).Hops[0];
        var grader = new SphereGrader(toy);
        return [.. round.Paths.Select(path => (grader.Strengths(round.Center + path.End.Displacement), grader.Accuracy(round.Center + path.End.Displacement), path.End))];
    }
}
