using FsCheck.Xunit;
using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>What must hold of every submission on every plant in every gauge.</summary>
[Properties(Arbitrary = [typeof(PlantSpecs)], MaxTest = 200, QuietOnSuccess = true, Replay = "20260101,7")]
public class RecoveryPropertyTests
{
    /// <summary>Kills whatever differs from the formulas: a transposed map, a wrong gauge, sensitivities over inactive inputs, a mixed-up index.</summary>
    [Property]
    public void It_agrees_with_the_formulas_computed_by_other_means(PlantSpec spec)
    {
        using var scope = NewDisposeScope();
        var plant = new RandomPlant(spec);
        using var profile = TruthProfile.Of(plant.Model);
        var (directions, components) = Scores(profile, plant, plant.Submission.Subnetworks);
        var naive = new NaiveRecovery();
        if (directions is { } d)
            Assert.Equal(naive.Directions(plant.Model, plant.Submission.Subnetworks), d, Tolerances.RecoveryIdentity);
        if (components is { } c)
            Assert.Equal(naive.Components(plant.Model, plant.Submission.Subnetworks), c, Tolerances.RecoveryIdentity);
    }

    [Property]
    public void Scores_lie_between_0_and_1(PlantSpec spec)
    {
        using var scope = NewDisposeScope();
        var plant = new RandomPlant(spec);
        using var profile = TruthProfile.Of(plant.Model);
        foreach (var column in RecoveryGrader.Grade(profile, plant.Model, plant.Submission))
        {
            if (column.Score is not { } score)
                continue;
            Assert.InRange(score.Value, 0, 1);
            Assert.All(score.Matches, match => Assert.InRange(match.Score, 0, 1 + Tolerances.RecoveryIdentity));
            Assert.All(score.Matches, match => Assert.InRange(match.Extent ?? 0, 0, 1));
            Assert.All(score.Matches, match => Assert.Equal(1, match.Shares.Sum(share => share.Submitted), Tolerances.RecoveryIdentity));
            Assert.All(score.Matches, match => Assert.Equal(1, match.Shares.Sum(share => share.Planted), Tolerances.RecoveryIdentity));
            Assert.True(score.Matches.Select(match => match.Submitted).Distinct().Count() == score.Matches.Count);
        }
    }

    /// <summary>Kills: greedy assignment, an answer compared with the truth of its own index.</summary>
    [Property]
    public void Order_carries_no_meaning(PlantSpec spec) => Unchanged(spec, (plant, answer) =>
        [.. plant.Random.Permutation(answer.Count).Select(j => answer[j])]);

    /// <summary>Kills: dead subnetworks that count in max(m, n).</summary>
    [Property]
    public void Zero_components_and_empty_directions_change_nothing(PlantSpec spec) => Unchanged(spec, (plant, answer) =>
    [
        .. answer.Where(one => one.Component is not null).Take(1).Select(_ => new Subnetwork("zero", component: zeros(plant.Length, float64))),
        .. answer,
        .. answer.Where(one => one.Directions is not null).Take(1).Select(_ => new Subnetwork("none", DenseSubspace.Span(zeros(2, plant.Length, float64)))),
    ]);

    /// <summary>
    /// Kills: a claim of "never active" that is still matched or makes smaller ones dead, one that does not count where the subnetwork is active somewhere.
    /// </summary>
    [Property]
    public void A_subnetwork_that_is_never_active_changes_nothing(PlantSpec spec) => Unchanged(spec, (plant, answer) =>
    [
        .. answer.Take(1).Select(one => one with
        {
            Component = one.Component is { } p ? p * 1e6 : null, Activity = new Dictionary<string, double[]> { ["all"] = new double[7] },
        }),
        .. answer.Select(one => one with { Activity = new Dictionary<string, double[]> { ["all"] = [0, 0, 1, 0, 0, 0, 0] } }),
    ]);

    /// <summary>Kills: a Dice of Infinity/Infinity, which ends the grading of a finite answer with an error.</summary>
    [Property]
    public void Components_whose_squares_are_no_doubles_score_0(PlantSpec spec)
    {
        using var scope = NewDisposeScope();
        var plant = new RandomPlant(spec);
        using var profile = TruthProfile.Of(plant.Model);
        var answer = plant.Submission with
        {
            Subnetworks = [.. Enumerable.Range(1, 3).Select(k => new Subnetwork("huge", component: plant.Model.Model.Parameters.sign() * (k * 5e307)))],
        };
        Assert.Equal(0, RecoveryGrader.Grade(profile, plant.Model, answer)[1].Score?.Value ?? 0);
    }

    /// <summary>Kills: rows that are taken as orthonormal, containment by the number of rows handed in.</summary>
    [Property]
    public void Sign_scale_and_basis_of_directions_carry_no_meaning(PlantSpec spec) => Unchanged(spec, (plant, answer) =>
        [.. answer.Select(one => one.Directions is { } directions ? one with { Directions = Rebased(plant, directions) } : one)]);

    /// <summary>A grader that trusts a subspace's own word for orthonormality is told lies here.</summary>
    [Property]
    public void A_subspace_that_lies_about_its_basis_gains_nothing(PlantSpec spec) => Unchanged(spec, (plant, answer) =>
        [.. answer.Select(one => one.Directions is { } directions ? one with { Directions = new LyingSubspace(directions) } : one)]);

    private static Subspace Rebased(RandomPlant plant, Subspace directions)
    {
        var mixture = plant.Gaussian(directions.Dimension + 1, directions.Dimension);
        return DenseSubspace.Span(mixture.matmul(directions.Basis()) * -3);
    }

    private static void Unchanged(PlantSpec spec, Func<RandomPlant, IReadOnlyList<Subnetwork>, IReadOnlyList<Subnetwork>> change)
    {
        using var scope = NewDisposeScope();
        var plant = new RandomPlant(spec);
        using var profile = TruthProfile.Of(plant.Model);
        var answer = plant.Submission.Subnetworks;
        var (before, after) = (Scores(profile, plant, answer), Scores(profile, plant, change(plant, answer)));
        Same(before.Directions, after.Directions);
        Same(before.Components, after.Components);
    }

    private static void Same(double? expected, double? actual)
    {
        Assert.Equal(expected.HasValue, actual.HasValue);
        if (expected is { } value)
            Assert.Equal(value, actual!.Value, Tolerances.RecoveryIdentity);
    }

    private static (double? Directions, double? Components) Scores(TruthProfile profile, RandomPlant plant, IReadOnlyList<Subnetwork> answer)
    {
        var columns = RecoveryGrader.Grade(profile, plant.Model, plant.Submission with { Subnetworks = answer });
        return (columns[0].Score?.Value, columns[1].Score?.Value);
    }

    /// <summary>Its rows are three times too long and its projections return everything.</summary>
    private sealed class LyingSubspace(Subspace truth) : Subspace
    {
        public override long AmbientDimension => truth.AmbientDimension;

        public override long Dimension => truth.Dimension;

        public override Tensor Coordinates(Tensor block) => truth.Coordinates(block) * 3;

        public override Tensor Embed(Tensor coordinates) => truth.Embed(coordinates) * 3;

        public override Tensor Project(Tensor block) => block;

        public override Tensor ProjectOff(Tensor block) => zeros_like(block);

        public override Tensor Basis() => truth.Basis() * 3;
    }
}
