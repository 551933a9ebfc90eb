using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// What a grader must say of known answers on the closed-form model with p = 7. Each check is a function of a grader and returns how far it is off; the real
/// graders must be accepted by all and every mutant rejected by at least one.
/// </summary>
internal static class RecoveryChecks
{
    public static IReadOnlyDictionary<string, Func<NaiveRecovery, double>> All { get; } = new Dictionary<string, Func<NaiveRecovery, double>>
    {
        ["the whole space says nothing"] = grader => Off(0, Directions(grader, "whole-space-repeated")),
        ["the most sensitive direction is all that one direction can do"] = grader => Off(1, Directions(grader, "oracle-top-1")),
        ["directions that do not matter are not the truth"] = grader => Math.Max(0, Insensitive(grader) - 0.5),
        ["a duplicate costs a quarter"] = grader => Off(0.75, Directions(grader, "oracle-duplicated")),
        ["a truth that is left out costs a third"] = grader => Off(2.0 / 3, Directions(grader, "oracle-dropped")),
        ["two answers share two truths as well as they can"] = grader => Off(1, Shared(grader)),
        ["one subnetwork does not stand for two truths"] = grader => Off(1.4 / 3, Directions(grader, "oracle-merged")),
        ["components survive a rescaling"] = grader => Off(1, Components(grader, "oracle", DisguiseKind.Rescale)),
        ["directions survive a rescaling"] = grader => Off(1, Directions(grader, "oracle-top-10", DisguiseKind.Rescale)),
        ["directions survive a permutation"] = grader => Off(1, Directions(grader, "oracle", DisguiseKind.Permute)),
        ["flipped components are wrong"] = grader => Off(0, Components(grader, "components-flipped")),
        ["doubled components are half wrong"] = grader => Off((0.8 - Math.Sqrt(1 / 3.0)) / (1 - Math.Sqrt(1 / 3.0)), Components(grader, "components-doubled")),
        ["crumbs do not count"] = grader => Off(1, Crumbs(grader)),
        ["long rows are no better than short ones"] = grader => Off(1, LongRows(grader)),
    };

    private static GradingCase Small => GradingCase.Small;

    private static double Off(double expected, double actual) => Math.Abs(expected - actual);

    private static double Directions(NaiveRecovery grader, string miniature, DisguiseKind? kind = null)
    {
        var seen = kind is { } disguise ? Small.Disguised(disguise) : Small;
        return grader.Directions(seen.Model, seen.Answer(miniature).Subnetworks);
    }

    private static double Components(NaiveRecovery grader, string miniature, DisguiseKind? kind = null)
    {
        var seen = kind is { } disguise ? Small.Disguised(disguise) : Small;
        return grader.Components(seen.Model, seen.Answer(miniature).Subnetworks);
    }

    /// <summary>One direction of each plant, from those that hardly move the outputs.</summary>
    private static double Insensitive(NaiveRecovery grader)
    {
        var context = new MiniatureContext(Small.Model, Small.Profile, new Models.RandomSource(0));
        return grader.Directions(Small.Model, context.Each(i =>
        {
            var all = context.TopDirections(i, context.Planted[i].Subspace.Dimension);
            return context.Answer("insensitive", DenseSubspace.Span(all.narrow(0, all.shape[0] / 2, 1)), null);
        }));
    }

    /// <summary>
    /// Answer a lies 55 : 45 in plants 0 and 1, answer b 50 : 25 : 25. Plant 0 takes to a most, but then b is worth nothing: the best is b for plant 0 and a
    /// for plant 1. Relative to that best.
    /// </summary>
    private static double Shared(NaiveRecovery grader)
    {
        var context = new MiniatureContext(Small.Model, Small.Profile, new Models.RandomSource(0));
        var top = Enumerable.Range(0, 3).Select(i => context.TopDirections(i, 1)).ToArray();
        Subnetwork Mixture(params double[] shares) =>
            new("mixture", DenseSubspace.Span(shares.Select((share, i) => top[i] * Math.Sqrt(share)).Aggregate((x, y) => x + y)));
        static double Score(double share) => 2 * (1.5 * share - 0.5) * share / (1.5 * share - 0.5 + share);
        return grader.Directions(Small.Model, [Mixture(0.55, 0.45, 0), Mixture(0.5, 0.25, 0.25)]) / ((Score(0.45) + Score(0.5)) / 3);
    }

    private static double Crumbs(NaiveRecovery grader)
    {
        var answer = Small.Answer("oracle-components").Subnetworks;
        return grader.Components(Small.Model, [.. answer, answer[0] with { Component = answer[1].Component! * 1e-3 }]);
    }

    /// <summary>The truth's top directions, the last of them a hundred times as long and once more: a span like any other.</summary>
    private static double LongRows(NaiveRecovery grader)
    {
        var context = new MiniatureContext(Small.Model, Small.Profile, new Models.RandomSource(0));
        return grader.Directions(Small.Model, context.Each(i =>
        {
            var rows = context.TopDirections(i, 3);
            return new Subnetwork("long", new WrittenRows(cat([rows, rows.narrow(0, 2, 1) * 100], 0)));
        }));
    }

    /// <summary>Rows that are handed in as a basis without being one.</summary>
    private sealed class WrittenRows(Tensor rows) : Subspace
    {
        public override long AmbientDimension => rows.shape[1];

        public override long Dimension => rows.shape[0];

        public override Tensor Coordinates(Tensor block) => block.matmul(rows.t());

        public override Tensor Embed(Tensor coordinates) => coordinates.matmul(rows);

        public override Tensor Basis() => rows.alias();
    }
}
