using Harness.Decompositions;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Scores that papers report of themselves, for comparison only: the single component θ* is perfect on both, which is why their nulls stand beside them.
/// </summary>
/// <remarks>
/// grading.md, axis 9; arXiv 2501.14926 and 2506.20790. There, for toy models of superposition, column by column of one weight matrix; here for any plant,
/// inside the parameters of one planted subnetwork at a time.
/// </remarks>
public static class LiteratureScores
{
    /// <summary>
    /// Mean maximum cosine similarity: over planted subnetworks, of the largest cosine between c_i and a component restricted to S_i,
    /// <c>mean_i max_j cos(P_i p_j, c_i)</c>. −1 … 1.
    /// </summary>
    public static AxisReading MeanMaxCosine(GradedAnswer answer) => Mean(answer, best => best.Cosine);

    /// <summary>Mean length ratio of those same components, <c>mean_i ‖P_i p_j‖/‖c_i‖</c>: 1 is right, less means that a part was lost elsewhere.</summary>
    public static AxisReading MeanLengthRatio(GradedAnswer answer) => Mean(answer, best => best.Ratio);

    private static AxisReading Mean(GradedAnswer answer, Func<(double Cosine, double Ratio), double> part)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Profile.Components is not { } planted)
            return AxisReading.Skip("the truth has no component vectors");
        if (!answer.HasComponents)
            return AxisReading.Skip("the answer has directions only");
        using var scope = NewDisposeScope();
        var submitted = stack(answer.Subnetworks.Where(one => one.Component is not null).Select(one => one.Component!)) * answer.Profile.DecomposedMask;
        return AxisReading.Mean(
            [.. Enumerable.Range(0, answer.Planted.Count).Select(i => (double?)part(Best(answer.Planted[i].Subspace.Project(submitted), planted[i])))], "nothing is planted");
    }

    private static (double Cosine, double Ratio) Best(Tensor inside, Tensor planted)
    {
        using var scope = NewDisposeScope();
        var lengths = inside.square().sum(1).sqrt();
        var length = planted.norm();
        var cosines = (inside.mv(planted) / (lengths * length)).nan_to_num(0).data<double>().ToArray();
        var best = Array.IndexOf(cosines, cosines.Max());
        return (cosines[best], lengths[best].ToDouble() / length.ToDouble());
    }
}
