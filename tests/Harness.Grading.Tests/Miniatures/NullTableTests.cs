using System.Globalization;
using Harness.Numerics;
using Harness.Testing;
using VerifyXunit;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// What knowing nothing scores on every plant of three subnetworks or more, in every disguise, approved as a table: nulls below 0.1 are summed up, those that
/// reach it are named with their numbers, and answers by unit and by tensor always are. Kills a chance level that is too low anywhere, and a new model that a
/// shortcut solves without anybody noticing.
/// </summary>
/// <remarks>
/// Where nulls reach 0.1 they hold a part of the truth, or the parameters are so few that chance does: a bias of its own is a part of every plant of superposition
/// (found in part, and flagged so), and of 15 or 25 parameters a random direction has a good share in some plant's few. There the bar is higher accordingly.
/// </remarks>
public class NullTableTests
{
    private const double Nothing = 0.1;
    private const int Seeds = 5;

    /// <summary>Among so few parameters a direction has a tenth of its length, and of what matters, in some plant.</summary>
    private const long Few = 40;

    /// <summary>A bias that plants share in other proportions than one to none lies in the one that it answers for at least by half.</summary>
    private const double Mostly = 0.5;

    private static readonly string[] s_random = ["random-directions", "random-directions-1", "truth-rotated"];

    private static readonly string[] s_nulls =
        ["theta-star", "theta-star-repeated", "whole-space", "whole-space-repeated", "per-parameter", "output-bias", "random-directions", "random-directions-1", "truth-rotated"];

    private static readonly string[] s_shown = ["per-neuron", "per-tensor"];

    [Fact]
    public Task Table() => Verifier.Verify(string.Concat(Cases().Select(one => Row(one.Id, one.Disguise)))).UseStringComparer(NumericText.Comparer(0.02, 0.005));

    /// <summary>
    /// A null reaches 0.1 for one of two reasons only. Kills: a score given to what lies in no plant, wherever it comes from.
    /// </summary>
    [Fact]
    public void What_reaches_a_tenth_is_a_part_of_the_truth_or_was_drawn_among_few()
    {
        var reached = 0;
        foreach (var seen in Cases().Select(one => TestModels.Find(one.Id, one.Disguise.Label)))
            foreach (var name in s_nulls)
            {
                using var scope = NewDisposeScope();
                if (Scores(seen, name).All(one => one.Score < Nothing))
                    continue;
                reached++;
                var answer = Gauge.PullBack(seen.Answer(name), seen.Model.Disguise).Subnetworks;
                var table = PairTables.OfDirections(seen.Profile, answer);
                var score = seen.Grade(seen.Answer(name))[0].Score!;
                var inside = score.Matches.Min(match => table.Inside[match.Planted, Array.IndexOf(table.Submitted, match.Submitted)]);
                var isPart = inside >= (name == "output-bias" ? Mostly : 1 - Tolerances.RecoveryIdentity);
                var isChance = s_random.Contains(name) && seen.Profile.Layout.Length <= Few;
                Assert.True(
                    isPart || isChance,
                    $"{seen.Model.Id}: {name} scores {score.Value:0.00} with {inside:0.00} inside a plant, among {seen.Profile.Layout.Length} parameters");
            }
        Assert.NotEqual(0, reached);
    }

    /// <summary>t·θ* for any t, once or for every plant, is where chance was put.</summary>
    [Fact]
    public void Multiples_of_theta_score_0()
    {
        foreach (var seen in Cases().Select(one => TestModels.Find(one.Id, one.Disguise.Label)).Where(one => one.Profile.Components is not null))
            foreach (var factor in new[] { -2, 0.1, 0.5, 1 })
            {
                using var scope = NewDisposeScope();
                var answer = seen.Answer("theta-star-repeated");
                var scaled = answer with { Subnetworks = [.. answer.Subnetworks.Select(one => one with { Component = one.Component! * factor })] };
                Assert.Equal(0, seen.Grade(scaled)[1].Score!.Value, Tolerances.RecoveryIdentity);
            }
    }

    private static IEnumerable<(string Id, CaseDisguise Disguise)> Cases() =>
        TestModels.Disguised().Where(one => TestModels.Find(one.Id, one.Disguise.Label).Profile.Count >= 3);

    private static string Row(string id, CaseDisguise disguise)
    {
        var seen = TestModels.Find(id, disguise.Label);
        var scores = s_nulls.SelectMany(name => Scores(seen, name)).ToList();
        var reached = scores.Where(one => one.Score >= Nothing).ToList();
        var shown = s_shown.SelectMany(name => Scores(seen, name));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{id}, {disguise.Label}: {scores.Count - reached.Count} of {scores.Count} below {Nothing}{Text(reached)}; beside them{Text(shown)}\n");
    }

    private static string Text(IEnumerable<(string Name, RecoveryColumn Column, double Score)> scores) =>
        string.Concat(scores.Select(one => string.Create(CultureInfo.InvariantCulture, $", {one.Name} {(one.Column == RecoveryColumn.Directions ? "d" : "c")} {one.Score:0.00}")));

    /// <summary>By column; of what is random the mean over seeds.</summary>
    private static IEnumerable<(string Name, RecoveryColumn Column, double Score)> Scores(GradingCase seen, string name)
    {
        if (!MiniatureCatalog.Get(name).AppliesTo(seen.Model))
            return [];
        var isRandom = name.StartsWith("random", StringComparison.Ordinal) || name == "truth-rotated";
        using var scope = NewDisposeScope();
        return
        [
            .. Enumerable.Range(0, isRandom ? Seeds : 1)
                .SelectMany(seed => seen.Grade(seen.Answer(name, (ulong)seed)).Where(column => column.Score is not null))
                .GroupBy(column => column.Column).Select(group => (name, group.Key, group.Average(column => column.Score!.Value))),
        ];
    }
}
