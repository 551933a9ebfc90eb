using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>The grader's columns beside a sphere search, on displacements whose effect is known.</summary>
public sealed class SphereGraderTests
{
    /// <summary>Kills strengths that are not relative, and a block that hears of another one's end.</summary>
    [Theory]
    [InlineData("modular-addition-chunked")]
    [InlineData("modular-addition")]
    public void Removing_one_subnetwork_breaks_it_and_no_other(string id)
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create(id);
        var grader = new SphereGrader(Classifier(toy));
        Assert.All(grader.Strengths(toy.Model.Parameters), strength => Assert.Equal(1, strength));
        for (var index = 0; index < toy.Truth.Subnetworks.Count; index++)
        {
            var without = toy.Truth.Subnetworks[index].Subspace.ProjectOff(toy.Model.Parameters.unsqueeze(0));
            var strengths = grader.Strengths(without[0]);
            Assert.Equal(toy.Truth.Subnetworks.Select((_, other) => other == index ? 0.0 : 1), strengths.Select(strength => Math.Round(strength, 9)));
            Assert.Equal(index, SphereGrader.Broken(strengths));
            var shares = grader.Shares(toy.Model.Parameters - without);
            Assert.Equal(toy.Truth.Subnetworks.Select((_, other) => other == index ? 1.0 : 0), shares.Select(share => Math.Round(share, 9)));
        }
    }

    /// <summary>A random displacement is nowhere in particular: its shares are the blocks' shares of all dimensions.</summary>
    [Fact]
    public void Random_directions_have_the_shares_of_the_dimensions()
    {
        using var scope = NewDisposeScope();
        var toy = ToyModelCatalog.Create("modular-addition-chunked");
        var shares = new SphereGrader(toy).Shares(tensor(new RandomSource(1).Gaussians(400 * 496), [400, 496]));
        // 400 shares with standard deviation √(2·¼·¾/496) ≈ 0.028 each: five standard errors.
        Assert.All(shares, share => Assert.InRange(share, 0.25 - 5 * 0.028 / 20, 0.25 + 5 * 0.028 / 20));
    }

    [Theory]
    [InlineData(null, 1.0, 1.0, 0.6)]
    [InlineData(1, 1.0, 0.4, 0.8)]
    [InlineData(null, 1.0, 0.4, 0.65)]
    [InlineData(null, 0.1, 0.4, 1.0)]
    [InlineData(null, double.NaN, 0.4, 1.0)]
    public void Broken_is_one_below_a_half_with_all_others_above_seven_tenths(int? expected, params double[] strengths) =>
        Assert.Equal(expected, SphereGrader.Broken(strengths));

    [Fact]
    public void Without_a_plant_there_are_no_columns() =>
        Assert.Contains("is none", Assert.Throws<ArgumentException>(() => new SphereGrader(ToyModelCatalog.Create("superposition-5-2"))).Message, StringComparison.Ordinal);

    /// <summary>The closed form has a squared loss in some variants; columns are of its logits.</summary>
    private static ToyModel Classifier(ToyModel toy) =>
        toy.Model.Loss.Kind == LossKind.CrossEntropy ? toy : toy with { Model = new Model(toy.Model.Network, toy.Model.Parameters, new Loss(LossKind.CrossEntropy)) };
}
