using Harness.Numerics;
using Harness.ToyModels;

namespace Harness.Grading.Tests;

/// <summary>What the uninformed families reach.</summary>
public class FamilyScoreTests
{
    private static readonly AnswerShape s_directions = new(RecoveryColumn.Directions, [1, 5, 5]);
    private static readonly AnswerShape s_components = new(RecoveryColumn.Components, [1, 1, 1]);

    private static GradingCase Case => GradingCase.Of("direct-sum");

    [Fact]
    public void Every_family_of_the_column_is_there()
    {
        var families = new FamilyScores(Case.Profile, Case.Model);
        Assert.Equal(
            ["random-subspaces", "random-coordinates", "theta-star", "whole-space", "name-prefix", "connected-components"],
            families.For(s_directions).Select(family => family.Family));
        Assert.Equal(["theta-star", "random-partition", "name-prefix", "connected-components"], families.For(s_components).Select(family => family.Family));
        Assert.All(families.For(s_directions).Where(family => family.Family.StartsWith("random")), family => Assert.Equal(32, family.Scores.Count));
    }

    /// <summary>t·θ* is where chance was put: 0 for every t. Kills a chance level below the best multiple.</summary>
    [Theory]
    [InlineData("direct-sum")]
    [InlineData("superposition-5-2")]
    [InlineData("modular-addition")]
    public void Multiples_of_theta_reach_0(string id)
    {
        var seen = GradingCase.Of(id);
        var family = new FamilyScores(seen.Profile, seen.Model).For(s_components).Single(one => one.Family == "theta-star");
        Assert.Equal(0, family.Mean, Tolerances.RecoveryIdentity);
    }

    /// <summary>The plant of independent networks can be read off the weights: the family says so, and no bar is given.</summary>
    [Fact]
    public void Connected_components_solve_the_direct_sum()
    {
        var families = new FamilyScores(Case.Profile, Case.Model);
        Assert.Equal(1, families.For(s_directions).Single(one => one.Family == "connected-components").Mean, Tolerances.RecoveryIdentity);
        Assert.Equal(1, families.For(s_components).Single(one => one.Family == "connected-components").Mean, Tolerances.RecoveryIdentity);
    }

    [Fact]
    public void Equal_models_and_shapes_have_equal_draws()
    {
        var (first, second) = (new FamilyScores(Case.Profile, Case.Model).For(s_directions), new FamilyScores(Case.Profile, Case.Model).For(s_directions));
        Assert.Equal(first.SelectMany(one => one.Scores), second.SelectMany(one => one.Scores));
        Assert.NotEqual(
            first[0].Scores, new FamilyScores(Case.Profile, Case.Model).For(s_directions with { Dimensions = [2, 5, 5] })[0].Scores);
    }

    /// <summary>
    /// Undisguised scores are used where the disguise cannot change them. Here nothing is shared, so that the families answer in the disguised parameters
    /// and are pulled back: the deterministic ones agree exactly, the random ones within their spread.
    /// </summary>
    [Theory]
    [InlineData(DisguiseKind.Permute)]
    [InlineData(DisguiseKind.Rescale)]
    public void What_a_disguise_cannot_change_is_shared(DisguiseKind kind)
    {
        var small = GradingCase.Small;
        var disguised = small.Disguised(kind).Model;
        var plain = new FamilyScores(small.Profile, small.Model);
        var (shared, computed) = (new FamilyScores(small.Profile, disguised, plain), new FamilyScores(small.Profile, disguised));
        foreach (var shape in new[] { new AnswerShape(RecoveryColumn.Directions, [3, 3, 3]), s_components })
            foreach (var (a, b) in shared.For(shape).Zip(computed.For(shape)))
            {
                Assert.Equal(a.Family, b.Family);
                var spread = Math.Sqrt((a.StandardDeviation * a.StandardDeviation + b.StandardDeviation * b.StandardDeviation) / a.Scores.Count);
                Assert.Equal(a.Mean, b.Mean, 4 * spread + Tolerances.RecoveryIdentity);
            }
    }

    /// <summary>
    /// A Gaussian answer to a rescaled network is not Gaussian after the pull-back: large weights come from few units, and chance finds more. Kills the null
    /// of the undisguised gauge, which is too low there.
    /// </summary>
    [Fact]
    public void A_rescaling_changes_what_random_subspaces_reach()
    {
        var small = GradingCase.Small;
        var shape = new AnswerShape(RecoveryColumn.Directions, [3, 3, 3]);
        var plain = new FamilyScores(small.Profile, small.Model);
        var seen = new FamilyScores(small.Profile, small.Disguised(DisguiseKind.Rescale).Model, plain);
        var (before, after) = (plain.For(shape).Single(one => one.Family == "random-subspaces"), seen.For(shape).Single(one => one.Family == "random-subspaces"));
        Assert.True(after.Mean > before.Mean + 3 * before.StandardDeviation / Math.Sqrt(before.Scores.Count), $"{before.Mean} before, {after.Mean} after");
    }

    /// <summary>
    /// Large shapes are drawn less often, never less than four times unless one draw is too much already; index sets cost next to nothing.
    /// </summary>
    [Theory]
    [InlineData("random-subspaces", 10, 3, 32)]
    [InlineData("random-subspaces", 200, 3, 11)]
    [InlineData("random-subspaces", 414, 3, 4)]
    [InlineData("random-subspaces", 414, 9, 4)]
    [InlineData("random-subspaces", 1000, 20, 0)]
    [InlineData("random-coordinates", 1000, 20, 32)]
    public void Draws_are_bounded_by_their_cost(string family, int dimension, int count, int expected) =>
        Assert.Equal(expected, FamilyScores.Draws(
            FamilyCatalog.All.Single(one => one.Name == family), new AnswerShape(RecoveryColumn.Directions, [.. Enumerable.Repeat((long)dimension, count)]),
            GradingCase.ModularAddition.Profile));
}
