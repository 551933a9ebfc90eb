using Harness.Decompositions;
using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>What a data set's outputs depend on at first order, as a subspace to stay off (methods.md M2): the span of its leading probe gradients.</summary>
internal static class JacobianComplement
{
    /// <summary>The spans for several q at once, for the price of the largest; their tensors belong to the caller's dispose scope.</summary>
    /// <param name="subject">The model and its data.</param>
    /// <param name="keep">Name of the data set.</param>
    /// <param name="counts">Values of q, each at least 0.</param>
    /// <param name="dataType">Precision of the gradients.</param>
    /// <param name="context">Seed, device, progress, cancellation.</param>
    /// <returns>One for each q, in order, with what a reader must know of it.</returns>
    internal static IReadOnlyList<(Subspace Space, IReadOnlyList<string> Remarks)> Of(
        Subject subject, string keep, IReadOnlyList<int> counts, ScalarType dataType, MethodContext context)
    {
        using var scope = NewDisposeScope();
        var data = subject.Data(keep);
        var (samples, probes) = ProbeGradients.Enough(counts.Max(), data.Count);
        var rows = ProbeGradients.Rows(subject.Model, data, samples, probes, dataType, context);
        var widest = ProbeGradients.TopRightVectors(rows, (int)Math.Min(counts.Max(), rows.shape[0]));
        return [.. counts.Select(count =>
        {
            var space = new DenseSubspace(widest.Basis().narrow(0, 0, Math.Min(count, widest.Dimension)).clone());
            IReadOnlyList<string> remarks = space.Dimension == count
                ? []
                : [$"gradients of {keep}: {rows.shape[0]} of them span {space.Dimension} directions, fewer than the {count} asked for"];
            return (space.MoveToOuterDisposeScope(), remarks);
        })];
    }

    /// <summary>The q that is used unless another is asked for.</summary>
    /// <param name="parameters">P.</param>
    internal static int DefaultCount(long parameters) =>
        (int)Math.Min(HessianSteeringOptions.MostJacobianDirections, HessianSteeringOptions.DefaultJacobianShare * parameters);
}
