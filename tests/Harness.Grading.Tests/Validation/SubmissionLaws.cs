using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>What holds of the scores of any submission, whatever it says.</summary>
internal static class SubmissionLaws
{
    /// <summary>Directions that are rebased at most; the whole space and large masks are what they are in any basis.</summary>
    private const int MostRebased = 30;

    /// <summary>The first law that a grader breaks: range, order, zeros or basis; null: none.</summary>
    internal static string? Broken(RandomSubmission submission, Func<IReadOnlyList<Subnetwork>, (double? Directions, double? Components)> grade)
    {
        var answer = submission.Subnetworks;
        var scores = grade(answer);
        if (!(scores.Directions is null or (>= 0 and <= 1)) || !(scores.Components is null or (>= 0 and <= 1)))
            return $"range: {scores}";
        bool Changes(IReadOnlyList<Subnetwork> changed, out string how)
        {
            var after = grade(changed);
            how = $"{scores} became {after}";
            return !(Same(scores.Directions, after.Directions) && Same(scores.Components, after.Components));
        }
        if (Changes([.. submission.Random.Permutation(answer.Count).Select(j => answer[j])], out var difference))
            return $"order: {difference}";
        if (Changes(Padded(submission), out difference))
            return $"zeros: {difference}";
        return submission.IsWellPosed && Changes([.. answer.Select(one => Rebased(submission, one))], out difference) ? $"basis: {difference}" : null;
    }

    private static bool Same(double? expected, double? actual) =>
        expected.HasValue == actual.HasValue && (expected is null || Math.Abs(expected.Value - actual!.Value) <= Tolerances.RecoveryIdentity);

    /// <summary>With zero components and empty directions in the columns that are scored anyway.</summary>
    private static List<Subnetwork> Padded(RandomSubmission submission)
    {
        var answer = submission.Subnetworks.ToList();
        if (answer.Any(one => one.Component is not null))
            answer.Insert(0, new Subnetwork("zero", component: zeros(submission.Length, float64)));
        if (answer.Any(one => one.Directions is not null))
            answer.Add(new Subnetwork("none", DenseSubspace.Span(zeros(2, submission.Length, float64))));
        return answer;
    }

    /// <summary>Other rows with the same span: turned, flipped, and each of another size.</summary>
    private static Subnetwork Rebased(RandomSubmission submission, Subnetwork one)
    {
        if (one.Directions is not { Dimension: > 0 and <= MostRebased } directions)
            return one;
        var turn = Subspaces.Random(directions.Dimension, directions.Dimension, submission.Random).Basis();
        var rows = directions.Basis();
        var size = rows.abs().max().ToDouble();
        var sizes = tensor(Enumerable.Range(0, (int)directions.Dimension).Select(_ => -Math.Pow(2, submission.Random.NextInt32(600) - 300)).ToArray());
        return one with { Directions = new RandomSubmission.RawRows(turn.matmul(size > 0 ? rows / size : rows) * sizes.unsqueeze(1)) };
    }
}
