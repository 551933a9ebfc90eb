using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Each axis on a plant where its value can be worked out by hand, for the truth and for answers with one fault.</summary>
public sealed class AxisTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly DiagonalPlant _plant = new();

    public void Dispose()
    {
        _plant.Profile.Dispose();
        _scope.Dispose();
    }

    private static Subnetwork[] Truth => DiagonalPlant.Truth();

    /// <summary>Kills: a sum of squares per component, a norm that is not squared, shared tensors that count.</summary>
    [Fact]
    public void Sum_faithfulness_is_what_is_missing_of_theta()
    {
        Is(0, "faithfulness.sum", Truth);
        Is(9 / 14.0, "faithfulness.sum", Truth[..2]);
        Is(0, "faithfulness.sum", new Subnetwork("θ*", component: DiagonalPlant.Component(1, 2, 3)));
        Is(1, "faithfulness.sum", new Subnetwork("2θ*", component: DiagonalPlant.Component(2, 4, 6)));
        Skips("the answer has directions only", "faithfulness.sum", Directions(0));
    }

    /// <summary>
    /// Taking out entry i costs <c>(w_i x_i)²</c> on a sample. Kills: a mean over all samples instead of the active ones, a component added instead of taken
    /// out, one that was not found left out of the mean.
    /// </summary>
    [Fact]
    public void Necessity_is_the_loss_of_what_is_taken_out()
    {
        Is((2.5 + 4 + 9) / 3, "necessity.active", Truth);
        Is(0, "necessity.inactive", Truth);
        Is((4 + 9) / 3.0, "necessity.active", Truth[1..]);
        // Entry 2 comes with half of entry 1: where x_2 = 0, losing it costs (1·x_1)², on two of three samples.
        Is((2 / 3.0) / 3, "necessity.inactive", Truth[0], Truth[1], new Subnetwork("more", component: DiagonalPlant.Component(0, 1, 3)));
    }

    /// <summary>Kills: claimed activity ignored, inactive components left in, a share of the wrong loss.</summary>
    [Fact]
    public void Sufficiency_is_the_loss_recovered_by_what_is_active()
    {
        Is(1, "sufficiency", Truth);
        var never = DiagonalPlant.With(Truth[2], 0, 0, 0, 1);
        Is(1, "sufficiency", Truth[0], Truth[1], never);
        // Subnetwork 1 claims to be off on the second sample, where its output 2 is lost: 4 of the total of 22.
        Is(1 - 4 / 22.0, "sufficiency", Truth[0], DiagonalPlant.With(Truth[1], 0, 0, 1, 0), Truth[2]);
        Is(1, "sufficiency", new Subnetwork("θ*", component: DiagonalPlant.Component(1, 2, 3)));
    }

    /// <summary>
    /// Inactive entries of a diagonal never matter; two components that cancel outside their own inputs do. Kills: only all-or-nothing masks, the best mask.
    /// </summary>
    [Fact]
    public void Masks_find_inactive_components_that_only_cancel_together()
    {
        Is(1, "sufficiency.masks", Truth);
        Subnetwork[] cancelling =
        [
            Truth[0], new Subnetwork("1", component: DiagonalPlant.Component(1, 2, 0)), new Subnetwork("2", component: DiagonalPlant.Component(-1, 0, 3)),
        ];
        // Without all components the losses are 1, 4, 4 + 4 and 9. With its active ones the third sample has one extra x_0 = 2; left in alone, the second
        // component adds one to the first sample too.
        Is(1 - 4 / 22.0, "sufficiency", cancelling);
        Is(1 - 5 / 22.0, "sufficiency.masks", cancelling);
    }

    [Fact]
    public void Activity_is_compared_where_it_is_claimed()
    {
        var claimed = Enumerable.Range(0, 3).Select(i => DiagonalPlant.With(Truth[i], [.. DiagonalPlant.Active(i).Select(on => on ? 0.7 : 0)])).ToArray();
        Is(1, "activity.auroc", claimed);
        Is(1, "activity.precision", claimed);
        Is(5 / 4.0, "simplicity.active", claimed);
        Is((1 + 1 + 0.5) / 3, "activity.auroc", claimed[..2]);
        Is(0, "activity.auroc", [.. claimed.Select(one => DiagonalPlant.With(one, [.. one.Activity!["all"].Select(b => 1 - b)]))]);
        Skips("the answer claims no activity", "activity.auroc", Truth);
    }

    /// <summary>Kills: directions that are taken from the truth instead of the answer, changes on active inputs in the denominator only.</summary>
    [Fact]
    public void Selectivity_sees_what_moves_elsewhere()
    {
        Is(1, "selectivity", Truth);
        Is(1, "selectivity", Directions(0), Directions(4), Directions(8));
        Is(2 / 3.0, "selectivity", Directions(0), Directions(4));
        // Moving w_00 and w_11 alike changes output 0 by 1 and 2, and output 1 by 1 on both inputs of entry 1: some of it where entry 0 is off.
        var leaking = new Subnetwork("leaking", DenseSubspace.Span(DiagonalPlant.Component(1, 0.5, 0).unsqueeze(0)));
        Assert.InRange(_plant.Read("selectivity", leaking, Directions(4), Directions(8)).Value!.Value, 0.8, 0.97);
    }

    [Fact]
    public void Simplicity_is_the_rank_of_the_components()
    {
        Is(1, "simplicity.rank", Truth);
        var shares = new[] { 1, 4, 9 }.Select(square => square / 14.0);
        Is(Math.Exp(-shares.Sum(q => q * Math.Log(q))), "simplicity.rank", new Subnetwork("θ*", component: DiagonalPlant.Component(1, 2, 3)));
    }

    /// <summary>The one-component answer is perfect by both, which is why no verdict hangs on them.</summary>
    [Fact]
    public void Literature_scores_like_theta_star()
    {
        foreach (var check in new[] { "literature.mmcs", "literature.ml2r" })
        {
            Is(1, check, Truth);
            Is(1, check, new Subnetwork("θ*", component: DiagonalPlant.Component(1, 2, 3)));
        }
        // The other two point nowhere in the third plant, which is better than the opposite direction.
        Is((1 + 1 + 0) / 3.0, "literature.mmcs", Truth[0], Truth[1], new Subnetwork("flipped", component: DiagonalPlant.Component(0, 0, -3)));
        Is((1 + 1 + 0.5) / 3, "literature.ml2r", Truth[0], Truth[1], new Subnetwork("half", component: DiagonalPlant.Component(0, 0, 1.5)));
    }

    /// <summary>Kills: a share of θ* instead of a sum, a mean over tensors that nothing decomposes, an importance that is not limited.</summary>
    [Fact]
    public void Losses_of_the_literature_are_those_of_the_papers()
    {
        Is(9, "literature.apd-faithfulness", Truth[..2]);
        Is(9 / 9.0, "literature.spd-faithfulness", Truth[..2]);
        Is(0, "literature.apd-faithfulness", new Subnetwork("θ*", component: DiagonalPlant.Component(1, 2, 3)));
        Is((2 * 1 + 1 + 0.5) / 4, "literature.spd-minimality", DiagonalPlant.With(Truth[0], 7, 0, 1, 0), DiagonalPlant.With(Truth[1], 0, 1, 0.5, 0));
        Skips("the answer claims no activity", "literature.spd-minimality", Truth);
    }

    /// <summary>Kills: an axis that asks for activity and has no null beside it, and one that gives a constant claim more than chance.</summary>
    [Theory]
    [InlineData("literature.spd-minimality", 1)]
    [InlineData("simplicity.active", 1)]
    [InlineData("activity.auroc", 0.5)]
    public void What_asks_for_activity_stands_beside_a_constant_claim(string check, double expected)
    {
        Subnetwork[] answer = [.. Enumerable.Range(0, 3).Select(i => DiagonalPlant.With(Truth[i], [.. DiagonalPlant.Active(i).Select(on => on ? 1.0 : 0)]))];
        var columns = RecoveryGrader.Grade(_plant.Profile, _plant.Model, new Decomposition(new MethodInfo("test", "1", "", false), answer, new Dictionary<string, string>()));
        var value = new AxisDesk(_plant.Profile, _plant.Model).Values(answer, columns).Single(one => one.Check == check);
        Assert.Equal(expected, value.Null!.Value, Tolerances.SameOutputs);
    }

    /// <summary>Five of twelve pairs of component and sample matter, and five are kept. Kills: the components kept that matter least, all kept, none.</summary>
    [Fact]
    public void Minimality_keeps_what_matters_on_each_input()
    {
        Is(0, "literature.apd-minimality", Truth);
        Is(0, "literature.apd-minimality", new Subnetwork("θ*", component: DiagonalPlant.Component(1, 2, 3)));
        // Without the third component the fourth sample loses its output of 3, of three outputs on one of four samples.
        Is(9 / 3.0 / 4, "literature.apd-minimality", Truth[..2]);
        // Twice and its opposite matter more than what they hide, and cannot all be kept.
        Assert.True(_plant.Read("literature.apd-minimality", [.. Truth, new("+", component: DiagonalPlant.Component(9, 9, 9)), new("−", component: DiagonalPlant.Component(-9, -9, -9))]).Value > 1);
    }

    /// <summary>
    /// Gradients are c for the bias and c·x for the weights, with c = f(x) − mean f: Σ‖c‖² = 13.5, Σ‖c‖²(1 + ‖x‖²) = 39.5. Kills: a plain projection on the
    /// sum of all, which is 0 for two whole spaces; one for each sample, by which half of the samples are not counted twice.
    /// </summary>
    [Fact]
    public void Gradients_are_given_back_by_one_subnetwork_a_sample()
    {
        var whole = new Subnetwork("whole", CoordinateSubspace.Whole(DiagonalPlant.Length));
        Is(0, "literature.l3d-reconstruction", whole);
        Is(1, "literature.l3d-reconstruction", whole, whole);
        Is(1 - 13.5 / 39.5, "literature.l3d-reconstruction", new Subnetwork("bias", new CoordinateSubspace(DiagonalPlant.Length, [9, 10, 11])));
        Skips("the answer has components only", "literature.l3d-reconstruction", Truth);
    }

    private static Subnetwork Directions(long axis) => new("axis", new CoordinateSubspace(DiagonalPlant.Length, [axis]));

    private void Is(double expected, string check, params Subnetwork[] answer) => Assert.Equal(expected, _plant.Read(check, answer).Value!.Value, Tolerances.SameOutputs);

    private void Skips(string reason, string check, params Subnetwork[] answer) => Assert.Equal(new AxisReading(null, reason), _plant.Read(check, answer));
}
