using FsCheck.Xunit;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>How alike two answers are, as a formula.</summary>
public class AnswerSimilarityTests
{
    private const int Length = 12;

    /// <summary>
    /// 0 … 1, symmetric, 1 with itself; blind to order, sign, scale and basis; half with half of the subnetworks missing. The faulty ones below each break
    /// one of these.
    /// </summary>
    [Property(MaxTest = 60)]
    public void It_is_a_similarity(uint seed)
    {
        using var scope = NewDisposeScope();
        Assert.True(Holds(AnswerSimilarity.OfComponents, AnswerSimilarity.OfDirections, seed));
    }

    [Fact]
    public void Faulty_ones_are_told_apart()
    {
        using var scope = NewDisposeScope();
        bool Survives(Func<KeptAnswer, KeptAnswer, double?> components) => Enumerable.Range(0, 20).All(seed => Holds(components, AnswerSimilarity.OfDirections, (uint)seed));
        Assert.True(Survives(AnswerSimilarity.OfComponents));
        Assert.False(Survives(InOrder));
        Assert.False(Survives(WithSign));
        Assert.False(Survives(ByDotProduct));
        Assert.False(Survives(WithoutWhatIsLeftOver));
        Assert.False(Survives(BestForEach));
    }

    /// <summary>Lines: the absolute cosine. Index sets: the shared axes. Both are the one formula.</summary>
    [Fact]
    public void Known_values()
    {
        KeptSubspace Axes(params long[] axes) => new(Length, axes, null);
        KeptSubspace Line(double angle)
        {
            var row = new double[Length];
            (row[0], row[1]) = (Math.Cos(angle), Math.Sin(angle));
            return new KeptSubspace(Length, null, row);
        }
        double Of(KeptSubspace left, KeptSubspace right) => AnswerSimilarity.OfDirections(new KeptAnswer([left], []), new KeptAnswer([right], []))!.Value;
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Cos(0.3), Of(Line(0.2), Line(0.5)), Tolerances.SameEntries);
        Assert.Equal(Math.Cos(0.3), Of(Line(0.2), Line(0.5 + Math.PI)), Tolerances.SameEntries);
        Assert.Equal(Math.Sqrt(0.5), Of(Axes(0, 1, 2, 3), Axes(2, 3, 4, 5)), Tolerances.SameEntries);
        Assert.Equal(Math.Sqrt(0.25), Of(Axes(0, 1, 2, 3), Axes(2)), Tolerances.SameEntries);
        Assert.Equal(Math.Sqrt(0.5), Of(Axes(0, 1), Line(0.4)), Tolerances.SameEntries);
        Assert.Null(AnswerSimilarity.OfDirections(new KeptAnswer([], []), new KeptAnswer([], [])));
        Assert.Equal(0, AnswerSimilarity.OfDirections(new KeptAnswer([Axes(0)], []), new KeptAnswer([], [])));
    }

    private static bool Holds(Func<KeptAnswer, KeptAnswer, double?> components, Func<KeptAnswer, KeptAnswer, double?> directions, uint seed)
    {
        var random = new RandomSource(seed, 5);
        KeptAnswer Draw(int count) => new(
            [.. Enumerable.Range(0, count).Select(_ => KeptSubspace.Of(Subspaces.Random(Length, 1 + random.NextInt32(3), random)))],
            [.. Enumerable.Range(0, count).Select(_ => random.Gaussians(Length))]);
        var (left, right) = (Draw(4), Draw(2 + random.NextInt32(4)));
        var rewritten = new KeptAnswer([.. left.Directions.Reverse().Select(one => Rebased(one, random))], [.. left.Components.Reverse().Select(one => one.Select(entry => -3 * entry).ToArray())]);
        var half = new KeptAnswer([.. left.Directions.Take(2)], [.. left.Components.Take(2)]);
        return new[] { components, directions }.All(of =>
            of(left, right) is >= 0 and <= 1 + Tolerances.RecoveryIdentity && Same(of(left, right), of(right, left)) && Same(of(left, left), 1)
            && Same(of(left, right), of(rewritten, right)) && Same(of(left, half), 0.5));
    }

    private static bool Same(double? left, double? right) => Math.Abs(left!.Value - right!.Value) <= Tolerances.RecoveryIdentity;

    private static KeptSubspace Rebased(KeptSubspace subspace, RandomSource random)
    {
        var rank = subspace.Dimension;
        return KeptSubspace.Of(DenseSubspace.Span(tensor(random.Gaussians(rank * rank), [rank, rank]).matmul(subspace.Restore().Basis())));
    }

    private static double Cosine(double[] left, double[] right) => Dot(left, right) / Math.Sqrt(Dot(left, left) * Dot(right, right));

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static double? InOrder(KeptAnswer left, KeptAnswer right) =>
        left.Components.Zip(right.Components, (a, b) => Math.Abs(Cosine(a, b))).Sum() / Math.Max(left.Components.Count, right.Components.Count);

    private static double? WithSign(KeptAnswer left, KeptAnswer right) => Matched(left, right, Cosine, Math.Max(left.Components.Count, right.Components.Count));

    private static double? ByDotProduct(KeptAnswer left, KeptAnswer right) =>
        Matched(left, right, (a, b) => Math.Abs(Dot(a, b)), Math.Max(left.Components.Count, right.Components.Count));

    private static double? WithoutWhatIsLeftOver(KeptAnswer left, KeptAnswer right) =>
        Matched(left, right, (a, b) => Math.Abs(Cosine(a, b)), Math.Min(left.Components.Count, right.Components.Count));

    private static double? BestForEach(KeptAnswer left, KeptAnswer right) =>
        left.Components.Average(a => right.Components.Max(b => Math.Abs(Cosine(a, b))));

    private static double? Matched(KeptAnswer left, KeptAnswer right, Func<double[], double[], double> similarity, int over)
    {
        var table = new double[left.Components.Count, right.Components.Count];
        for (var i = 0; i < left.Components.Count; i++)
            for (var j = 0; j < right.Components.Count; j++)
                table[i, j] = similarity(left.Components[i], right.Components[j]);
        return Assignment.Maximise(table).Index().Where(one => one.Item >= 0).Sum(one => table[one.Index, one.Item]) / over;
    }
}
