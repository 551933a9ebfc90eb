using Harness.Numerics;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// The truth scores 1 in every form, on every model, in every disguise. Kills: a grader that pulls back the wrong way, that compares in one basis, that
/// depends on order; a plant whose truth is not where it says.
/// </summary>
public class OracleTests
{
    /// <summary>Every model with at least two plants whose sensitivities take a moment only, in every disguise that it admits.</summary>
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var (id, disguise) in TestModels.Disguised())
            cases.Add(id, disguise.Label);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_oracle_scores_1(string id, string disguise)
    {
        var seen = TestModels.Find(id, disguise);
        foreach (var miniature in MiniatureCatalog.All.Where(one => one.Role == MethodRole.Oracle && one.AppliesTo(seen.Model)))
        {
            using var scope = NewDisposeScope();
            var scores = seen.Grade(seen.Answer(miniature.Name)).Where(column => column.Score is not null).ToList();
            Assert.NotEmpty(scores);
            Assert.All(scores, column => Assert.Equal(1, column.Score!.Value, Tolerances.RecoveryIdentity));
        }
    }

    /// <summary>One of m left out costs 1/m, one twice makes it m of m + 1, in either column. Kills a score that is divided by anything but the larger count.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaving_out_and_repeating_cost_their_share(string id, string disguise)
    {
        var seen = TestModels.Find(id, disguise);
        double m = seen.Profile.Count;
        foreach (var (miniature, expected) in new[] { ("oracle-dropped", (m - 1) / m), ("oracle-duplicated", m / (m + 1)) })
        {
            using var scope = NewDisposeScope();
            Assert.All(
                seen.Grade(seen.Answer(miniature)).Where(column => column.Score is not null),
                column => Assert.Equal(expected, column.Score!.Value, Tolerances.RecoveryIdentity));
        }
    }

    /// <summary>1 %, 10 %, 50 % of noise: less each time, in either column. Kills a score with a threshold, and one that noise cannot lower.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Noise_lowers_the_score(string id, string disguise)
    {
        var seen = TestModels.Find(id, disguise);
        var before = new[] { double.PositiveInfinity, double.PositiveInfinity };
        foreach (var miniature in new[] { "oracle", "oracle-noise-1", "oracle-noise-10", "oracle-noise-50" })
        {
            using var scope = NewDisposeScope();
            var columns = seen.Grade(seen.Answer(miniature));
            for (var k = 0; k < columns.Count; k++)
                if (columns[k].Score is { } score)
                {
                    Assert.True(score.Value < before[k], $"{columns[k].Column}: {miniature} has {score.Value}, the one before {before[k]}");
                    before[k] = score.Value;
                }
        }
    }

    /// <summary>The whole space is 0 in every gauge, also where its basis is never written out; multiples of θ* are 0 as components.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void What_every_plant_contains_scores_0(string id, string disguise)
    {
        var seen = TestModels.Find(id, disguise);
        Assert.Equal(0, seen.Directions("whole-space"), Tolerances.RecoveryIdentity);
        Assert.Equal(0, seen.Directions("whole-space-repeated"), Tolerances.RecoveryIdentity);
        // Blocks of unequal norm: the direction of θ* leans towards the largest, in trained chunked addition by 0.02.
        Assert.InRange(seen.Directions("theta-star"), 0, 0.03);
        if (seen.Profile.Components is null)
            return;
        Assert.Equal(0, seen.Components("theta-star"), Tolerances.RecoveryIdentity);
        Assert.Equal(0, seen.Components("theta-star-repeated"), Tolerances.RecoveryIdentity);
    }

    /// <summary>Random subspaces of rank 10, over ten seeds: at most 0.1 in the mean. Kills a chance level that is too low.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Random_directions_score_next_to_nothing(string id, string disguise)
    {
        var seen = TestModels.Find(id, disguise);
        Assert.InRange(Enumerable.Range(0, 10).Average(seed => seen.Directions("random-directions", (ulong)seed)), 0, 0.1);
    }
}
