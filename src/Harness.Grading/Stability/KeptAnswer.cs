using Harness.Decompositions;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// The alive subnetworks of an answer, undisguised, as plain numbers: kept after its case is over, to be compared with those of other seeds. Tensors would
/// need a scope that outlives the case.
/// </summary>
/// <param name="Directions">An index set or orthonormal rows for each subnetwork that has directions.</param>
/// <param name="Components">Restricted to the decomposed tensors, <c>[P]</c> each.</param>
internal sealed record KeptAnswer(IReadOnlyList<KeptSubspace> Directions, IReadOnlyList<double[]> Components)
{
    /// <summary>Numbers that are kept of one answer at most: ½ GiB.</summary>
    private const long MostNumbers = 1L << 26;

    /// <summary>Copies a pulled-back answer; null: it is too large.</summary>
    /// <param name="answer">Pulled back by <see cref="Gauge"/>.</param>
    /// <param name="mask">1 on the decomposed tensors, 0 elsewhere, <c>[P]</c>.</param>
    internal static KeptAnswer? Of(IReadOnlyList<Subnetwork> answer, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var (directed, alive) = (Liveness.OfDirections(answer), Liveness.OfComponents(answer, mask));
        Subspace[] subspaces = [.. answer.Where((_, j) => directed[j]).Select(one => one.Directions!)];
        Tensor[] components = [.. answer.Where((_, j) => alive[j]).Select(one => one.Component!)];
        return subspaces.Sum(one => one is CoordinateSubspace ? one.Dimension : one.Dimension * one.AmbientDimension) + components.Length * mask.shape[0] > MostNumbers
            ? null
            : new KeptAnswer([.. subspaces.Select(KeptSubspace.Of)], [.. components.Select(one => Numbers(one * mask))]);
    }

    /// <summary>Whether two answers are equal bit by bit: then a second seed says nothing that the first one did not.</summary>
    internal bool IsSame(KeptAnswer other) =>
        Directions.Count == other.Directions.Count && Components.Count == other.Components.Count
        && Directions.Zip(other.Directions, (left, right) => left.IsSame(right)).All(same => same)
        && Components.Zip(other.Components, (left, right) => left.AsSpan().SequenceEqual(right)).All(same => same);

    private static double[] Numbers(Tensor values) => values.contiguous().data<double>().ToArray();
}
