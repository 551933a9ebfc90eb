using Harness.Decompositions;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// How many parts an answer says that there are: the participation ratio <c>(Σw)²/Σw²</c> of the parts' sizes, n for n equal ones, 1 for one and specks, 0 for
/// none. Sizes are squared norms of components, dimensions of directions; where an answer has both, the larger number counts.
/// </summary>
internal static class EffectiveParts
{
    /// <summary>Of a pulled-back answer; dead subnetworks do not count.</summary>
    /// <param name="answer">The submitted subnetworks.</param>
    /// <param name="mask">1 on the decomposed tensors, 0 elsewhere, <c>[P]</c>.</param>
    internal static double Of(IReadOnlyList<Subnetwork> answer, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var (directed, alive) = (Liveness.OfDirections(answer), Liveness.OfComponents(answer, mask));
        return Math.Max(
            Ratio([.. answer.Where((_, j) => directed[j]).Select(one => (double)one.Directions!.Dimension)]),
            Ratio([.. answer.Where((_, j) => alive[j]).Select(one => (one.Component! * mask).square().sum().ToDouble())]));
    }

    /// <summary>Of sizes ≥ 0.</summary>
    internal static double Ratio(IReadOnlyList<double> sizes) => sizes.Sum() is var total and > 0 ? total * total / sizes.Sum(size => size * size) : 0;
}
