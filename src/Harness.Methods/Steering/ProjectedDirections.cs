using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>Candidates off a subspace, as directions of length 1.</summary>
public static class ProjectedDirections
{
    /// <summary>
    /// Projects each row off a subspace and scales what remains to length 1. A row of which nothing remains has no direction: it becomes a remark.
    /// </summary>
    /// <param name="avoided">The subspace.</param>
    /// <param name="candidates"><c>[k, P]</c> float64, rows of length 1.</param>
    /// <param name="name">The name of row i.</param>
    public static (IReadOnlyList<SteeringDirection> Directions, IReadOnlyList<string> Remarks) Of(
        Subspace avoided, Tensor candidates, Func<int, string> name)
    {
        ArgumentNullException.ThrowIfNull(avoided);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(name);
        // An eigenvector is known to about this angle, so a remainder below it is the error of an eigenvector inside the subspace.
        const double Nothing = Tolerances.EquivalentAnswers;
        using var scope = NewDisposeScope();
        var left = avoided.ProjectOff(candidates);
        var lengths = left.norm(1, true);
        // What remains may be small; scaled up, so is its error. Projected again at length 1. (What has no length is divided by 1, and not used.)
        var units = avoided.ProjectOff(left / where(lengths > Nothing, lengths, ones_like(lengths)));
        List<SteeringDirection> directions = [];
        List<string> remarks = [];
        var remaining = lengths.reshape(-1).contiguous().data<double>().ToArray();
        for (var row = 0; row < remaining.Length; row++)
            if (remaining[row] > Nothing)
                directions.Add(new SteeringDirection(name(row), (units[row] / units[row].norm()).MoveToOuterDisposeScope()));
            else
                remarks.Add($"{name(row)} has no direction: it lies inside what is avoided");
        return (directions, remarks);
    }

    /// <summary>All sums of n directions with signs ±, up to a common sign, off the subspace and of length 1: 2^(n−1) of them; none for fewer than two.</summary>
    /// <param name="avoided">The subspace that the directions are orthogonal to. A sum may be short, and its error long beside it: it is projected once more.</param>
    /// <param name="directions">n of them.</param>
    public static IReadOnlyList<SteeringDirection> Mixtures(Subspace avoided, IReadOnlyList<SteeringDirection> directions)
    {
        ArgumentNullException.ThrowIfNull(avoided);
        ArgumentNullException.ThrowIfNull(directions);
        if (directions.Count < 2)
            return [];
        using var scope = NewDisposeScope();
        var signs = Enumerable.Range(0, 1 << (directions.Count - 1)).Select(Signs).ToArray();
        var sums = tensor(signs.SelectMany(row => row).ToArray(), [signs.Length, directions.Count])
            .matmul(stack([.. directions.Select(direction => direction.Vector)]));
        var (mixtures, _) = Of(avoided, sums / Math.Sqrt(directions.Count), index => Name(signs[index]));
        foreach (var mixture in mixtures)
            mixture.Vector.MoveToOuterDisposeScope();
        return mixtures;

        double[] Signs(int pattern) => [1, .. Enumerable.Range(0, directions.Count - 1).Select(bit => (pattern >> bit & 1) == 0 ? 1.0 : -1)];
        string Name(double[] row) => string.Concat(directions.Select((direction, i) => $"{(row[i] > 0 ? '+' : '−')}{direction.Name}"));
    }
}
