using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// Effective rank of a matrix: the exponential of the entropy of its normalised squared singular values, <c>exp(−Σ q_k ln q_k)</c>,
/// <c>q_k = σ_k²/Σσ²</c>. r for r equal singular values, between 1 and the rank otherwise; 0 for the zero matrix.
/// </summary>
/// <remarks>O. Roy, M. Vetterli, "The effective rank", 2007, there for σ instead of σ²; grading.md, axis 6.</remarks>
public static class EffectiveRank
{
    /// <summary>Mean over the components that are not zero, of the mean over their tensors.</summary>
    public static AxisReading Read(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.HasComponents)
            return AxisReading.Skip("the answer has directions only");
        using var scope = NewDisposeScope();
        return answer.Subnetworks.Where(one => one.Component is not null)
            .Select(one => OfComponent(answer.Profile.Layout, one.Component! * answer.Profile.DecomposedMask))
            .Where(rank => rank > 0).DefaultIfEmpty(0).Average();
    }

    /// <summary>Of one tensor: first axis by all others.</summary>
    /// <param name="tensor">float64, finite. One axis or none: a row.</param>
    public static double Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        var matrix = tensor.ndim < 2 ? tensor.reshape(1, -1) : tensor.reshape(tensor.shape[0], -1);
        // The smaller Gram matrix has the squared singular values for eigenvalues.
        var gram = matrix.shape[0] <= matrix.shape[1] ? matrix.matmul(matrix.t()) : matrix.t().matmul(matrix);
        var squares = linalg.eigvalsh(gram).data<double>().ToArray().Select(value => Math.Max(0, value)).ToArray();
        var total = squares.Sum();
        return total > 0 ? Math.Exp(-squares.Where(square => square > 0).Sum(square => square / total * Math.Log(square / total))) : 0;
    }

    /// <summary>Mean over the tensors in which a component is not zero; 0 for the zero component.</summary>
    /// <param name="layout">Names and shapes.</param>
    /// <param name="component"><c>[P]</c> float64.</param>
    public static double OfComponent(ParameterLayout layout, Tensor component)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(component);
        using var scope = NewDisposeScope();
        return layout.Select(slot => Of(component.narrow(0, slot.Offset, slot.Length).reshape([.. slot.Shape]))).Where(rank => rank > 0).DefaultIfEmpty(0).Average();
    }
}
