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
        ["a wrong answer takes nothing from the others"] = grader => Off(2.0 / 3, OneFlipped(grader)),
        ["the truth in another order is the truth"] = grader => Off(1, Directions(grader, "oracle-reordered")),
        ["doubled components are half wrong"] = grader => Off((0.8 - Math.Sqrt(1 / 3.0)) / (1 - Math.Sqrt(1 / 3.0)), Components(grader, "components-doubled")),
        ["crumbs do not count"] = grader => Off(1, Crumbs(grader)),
        ["zeros do not count"] = grader => Off(1, Zeros(grader)),
        ["what claims never to be active does not count"] = grader => Off(1, NeverActive(grader)),
        ["θ* for every plant says nothing"] = grader => Off(0, Components(grader, "theta-star-repeated")),
        ["the span of all plants says nothing"] = grader => Off(0, SpanOfAll(grader)),
        ["what matters is measured where the plant is used"] = grader => Off(1, WhereItIsUsed(grader)),
        ["tensors that nothing decomposes are not compared"] = grader => Off(1, SharedTensors(grader)),
        ["directions and components are two columns"] = grader => Off(1, grader.Directions(Small.Model, RightAndWrong()))
            + Off(0, grader.Components(Small.Model, RightAndWrong())),
        ["long rows are no better than short ones"] = grader => Off(1, LongRows(grader)),
    };

    private static GradingCase Small => GradingCase.Small;

    private static GradingCase Irregular => GradingCase.Irregular;

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

    private static double OneFlipped(NaiveRecovery grader)
    {
        var answer = Small.Answer("oracle-components").Subnetworks;
        return grader.Components(Small.Model, [answer[0] with { Component = answer[0].Component!.neg() }, .. answer.Skip(1)]);
    }

    private static double Zeros(NaiveRecovery grader)
    {
        var answer = Small.Answer("oracle-components").Subnetworks;
        return grader.Components(Small.Model, [.. answer, answer[0] with { Component = zeros_like(answer[0].Component!) }]);
    }

    private static double NeverActive(NaiveRecovery grader)
    {
        var answer = Small.Answer("oracle").Subnetworks;
        var set = Small.Model.DataSets[0];
        return grader.Components(Small.Model, [.. answer, answer[0] with { Activity = new Dictionary<string, double[]> { [set.Name] = new double[set.Count] } }]);
    }

    private static double SpanOfAll(NaiveRecovery grader)
    {
        var all = Subspaces.Sum([.. Irregular.Profile.Truth.Subnetworks.Select(planted => planted.Subspace)]);
        return grader.Directions(Irregular.Model, [.. Irregular.Profile.Truth.Subnetworks.Select(_ => new Subnetwork("all", all))]);
    }

    private static double SharedTensors(NaiveRecovery grader)
    {
        using var other = 1 - Irregular.Profile.DecomposedMask;
        return grader.Components(
            Irregular.Model, [.. Irregular.Answer("oracle-components").Subnetworks.Select(one => one with { Component = one.Component! + other * 5 })]);
    }

    /// <summary>
    /// Two weights into one output, said to be used on the one input that passes through the second only: that one matters, although over all inputs the first
    /// matters more.
    /// </summary>
    private static double WhereItIsUsed(NaiveRecovery grader)
    {
        var plain = new DiagonalPlant().Model;
        PlantedSubnetwork Planted(string name, int sample, params long[] axes) => new(
            name, new CoordinateSubspace(DiagonalPlant.Length, axes), null,
            new Dictionary<string, bool[]> { ["all"] = [.. Enumerable.Range(0, 4).Select(k => k == sample)] });
        var model = plain with { Truth = plain.Truth with { Subnetworks = [Planted("two weights", 1, 0, 1), Planted("another", 3, 8)] } };
        return grader.Directions(
            model, [new Subnetwork("the second", new CoordinateSubspace(DiagonalPlant.Length, [1])), new Subnetwork("another", new CoordinateSubspace(DiagonalPlant.Length, [8]))]);
    }

    /// <summary>The planted subspaces, and the planted components with the opposite sign.</summary>
    private static IReadOnlyList<Subnetwork> RightAndWrong() => [.. Small.Answer("oracle").Subnetworks.Select(one => one with { Component = one.Component!.neg() })];

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
