using Harness.Models;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// What an uninformed family may know: the network and its parameters as a method sees them, a sample's shape, and the shape to answer in.
/// </summary>
/// <param name="Network">The architecture.</param>
/// <param name="Parameters">θ <c>[P]</c> in the gauge in which the family answers.</param>
/// <param name="Inputs">One input <c>[1, ...]</c>.</param>
/// <param name="Scales">Candidate scales t of t·θ: one for each planted component (the best for each is among them).</param>
/// <param name="Shape">The number and dimensions to answer with.</param>
public sealed record FamilyContext(Network Network, Tensor Parameters, Tensor Inputs, IReadOnlyList<double> Scales, AnswerShape Shape)
{
    /// <summary>P.</summary>
    public long Length => Network.Layout.Length;

    /// <summary>θ with all entries outside an index set put to 0, <c>[P]</c>.</summary>
    public Tensor Restrict(CoordinateSubspace axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return axes.Project(Parameters.unsqueeze(0)).squeeze(0);
    }
}
