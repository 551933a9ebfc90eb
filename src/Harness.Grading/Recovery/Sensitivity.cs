using Harness.Numerics;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// G_i: the mean over the inputs on which planted subnetwork i is active of <c>J(x)ᵀJ(x)</c>, restricted to S_i and written in its basis,
/// <c>[r, r]</c> symmetric positive semi-definite; J = ∂outputs/∂θ at θ*. It says how much each direction of S_i matters and, unlike the loss
/// gradient, does not vanish at a perfect fit. Need not be written out.
/// </summary>
/// <remarks>grading.md, Objects. Undisguised gauge throughout.</remarks>
public abstract class Sensitivity : IDisposable
{
    /// <summary>r, the dimension of S_i.</summary>
    public abstract long Dimension { get; }

    /// <summary>tr G, positive.</summary>
    public abstract double Trace { get; }

    /// <summary>The sum of the <paramref name="count"/> largest eigenvalues: the best that so many directions can do.</summary>
    /// <param name="count">0 … r.</param>
    public abstract double TopSum(long count);

    /// <summary>
    /// Orthonormal eigenvectors of the <paramref name="count"/> largest eigenvalues, <c>[count, r]</c>, largest first; fewer where G has a lower rank and
    /// its kernel is not known.
    /// </summary>
    /// <param name="count">0 … r.</param>
    public abstract Tensor TopDirections(long count);

    /// <summary><c>tr(A G Aᵀ)</c> for rows A <c>[k, r]</c>.</summary>
    public abstract double Captured(Tensor coordinates);

    /// <summary>The sum of the diagonal of G at some positions 0 … r − 1: what is captured by the basis vectors themselves.</summary>
    public abstract double CapturedAt(IReadOnlyList<long> positions);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Relative to the trace, an eigenvalue of G that cannot be told from 0.</summary>
    private protected double Rounding => Tolerances.DenseEigenvalue(Dimension);

    /// <summary>tr G from its diagonal.</summary>
    /// <exception cref="ArgumentException">It is not positive and finite.</exception>
    private protected static double CheckedTrace(double[] diagonal)
    {
        var trace = diagonal.Sum();
        return trace > 0 && double.IsFinite(trace)
            ? trace
            : throw new ArgumentException($"A planted subnetwork must move the outputs, but the trace of its sensitivity is {trace}.");
    }

    /// <summary>Sums of the largest 0, 1, … eigenvalues.</summary>
    private protected static double[] PartialSums(IReadOnlyList<double> descending)
    {
        var sums = new double[descending.Count + 1];
        for (var i = 0; i < descending.Count; i++)
            sums[i + 1] = sums[i] + descending[i];
        return sums;
    }

    private protected long CheckedCount(long count) => count >= 0 && count <= Dimension
        ? count
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 0 … {Dimension} directions.");

    private protected void CheckCoordinates(Tensor coordinates)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        if (coordinates.ndim != 2 || coordinates.shape[1] != Dimension)
            throw new ArgumentException($"Expected coordinates [k, {Dimension}], got [{string.Join(", ", coordinates.shape)}].", nameof(coordinates));
    }
}
