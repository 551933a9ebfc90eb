using Harness.Numerics;
using TorchSharp;
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

    /// <summary>Multiplications for <see cref="CapturedByRow"/> of one row.</summary>
    internal abstract double ProductWork { get; }

    /// <summary>The sum of the <paramref name="count"/> largest eigenvalues: the best that so many directions can do.</summary>
    /// <param name="count">0 … r.</param>
    public abstract double TopSum(long count);

    /// <summary>
    /// Orthonormal eigenvectors of the <paramref name="count"/> largest eigenvalues, <c>[count, r]</c>, largest first; fewer where G has a lower rank and
    /// its kernel is not known.
    /// </summary>
    /// <param name="count">0 … r.</param>
    public abstract Tensor TopDirections(long count);

    /// <summary>The diagonal of <c>A G Aᵀ</c> for rows A <c>[k, r]</c>, <c>[k]</c>: what each of them captures.</summary>
    public abstract Tensor CapturedByRow(Tensor coordinates);

    /// <summary><c>tr(A G Aᵀ)</c> for rows A <c>[k, r]</c>.</summary>
    public double Captured(Tensor coordinates)
    {
        using var scope = NewDisposeScope();
        return CapturedByRow(coordinates).sum().ToDouble();
    }

    /// <summary>The sum of the diagonal of G at some positions 0 … r − 1: what is captured by the basis vectors themselves.</summary>
    public abstract double CapturedAt(IReadOnlyList<long> positions);

    /// <summary>The unit vector u <c>[k]</c> for which <c>uᵀ(A G Aᵀ)u</c> is largest: the combination of the rows of A <c>[k, r]</c> that matters most.</summary>
    public abstract Tensor TopWithin(Tensor coordinates);

    /// <summary>The same for the basis vectors at some positions, <c>[positions]</c>.</summary>
    public abstract Tensor TopAt(IReadOnlyList<long> positions);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The largest matrix that is diagonalised for the sake of one eigenvector.</summary>
    private const long LargestWhole = 200;

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

    /// <summary>The eigenvector of the largest eigenvalue of a symmetric positive semi-definite matrix <c>[k, k]</c>, <c>[k]</c>.</summary>
    private protected static Tensor TopEigenvector(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        return TopEigenvector(new DenseOperator((matrix + matrix.t()) / 2)).MoveToOuterDisposeScope();
    }

    /// <summary>The same of an operator, which is written out where it is small.</summary>
    private protected static Tensor TopEigenvector(ISymmetricOperator matrix)
    {
        using var scope = NewDisposeScope();
        if (matrix.Dimension > LargestWhole)
            return new ThickRestartLanczos().Solve(matrix, new EigenRequest(1) { ProofDimension = 0 }).Vectors.select(0, 0).contiguous().MoveToOuterDisposeScope();
        var written = matrix.Multiply(eye(matrix.Dimension, matrix.Dimension, float64));
        return linalg.eigh((written + written.t()) / 2).Item2.select(1, -1).contiguous().MoveToOuterDisposeScope();
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
