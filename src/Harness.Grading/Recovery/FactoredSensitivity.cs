using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// A sensitivity <c>G = FᵀF</c> known by its factor F <c>[q, r]</c>, q below r: for planted subnetworks of many dimensions. G is never written out; its
/// non-zero eigenvalues are those of <c>FFᵀ</c> <c>[q, q]</c>. Immutable.
/// </summary>
public sealed class FactoredSensitivity : Sensitivity
{
    private readonly Tensor _factor;
    private readonly Tensor _vectors;
    private readonly double[] _diagonal;
    private readonly double[] _values;
    private readonly double[] _partialSums;

    /// <summary>Takes a copy of the factor and diagonalises <c>FFᵀ</c>. Costs q³ and q²·r.</summary>
    /// <param name="factor">F <c>[q, r]</c> float64, q and r at least 1.</param>
    /// <exception cref="ArgumentException">It is not a float64 matrix, or the trace of G is not positive and finite.</exception>
    public FactoredSensitivity(Tensor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        if (factor.ndim != 2 || factor.dtype != ScalarType.Float64)
            throw new ArgumentException($"Expected a float64 matrix, got {factor.dtype} [{string.Join(", ", factor.shape)}].", nameof(factor));
        using var scope = NewDisposeScope();
        _diagonal = factor.square().sum(0L).contiguous().data<double>().ToArray();
        Trace = CheckedTrace(_diagonal);
        var (values, vectors) = linalg.eigh(factor.matmul(factor.t()));
        _values = [.. values.data<double>().ToArray().Reverse().Select(value => Math.Max(0, value))];
        _partialSums = PartialSums(_values);
        _vectors = vectors.t().flip(0).contiguous().DetachFromDisposeScope();
        _factor = factor.detach().clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override long Dimension => _diagonal.Length;

    /// <inheritdoc/>
    public override double Trace { get; }

    /// <inheritdoc/>
    internal override double ProductWork => (double)Dimension * _values.Length;

    /// <inheritdoc/>
    public override double TopSum(long count) => _partialSums[Math.Min(CheckedCount(count), _values.Length)];

    /// <inheritdoc/>
    /// <remarks>Beyond the rank of G there is no direction that matters more than another: there are fewer than asked for.</remarks>
    public override Tensor TopDirections(long count)
    {
        var level = Rounding * Trace;
        var rank = _values.TakeWhile(value => value > level).Count();
        using var scope = NewDisposeScope();
        var rows = _vectors.narrow(0, 0, Math.Min(CheckedCount(count), rank)).matmul(_factor);
        // In order of importance, so that rounding in the lesser ones is taken out against the greater.
        var (orthonormal, _) = linalg.qr(rows.t());
        return orthonormal.t().contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor CapturedByRow(Tensor coordinates)
    {
        CheckCoordinates(coordinates);
        using var scope = NewDisposeScope();
        return coordinates.matmul(_factor.t()).square().sum(1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double CapturedAt(IReadOnlyList<long> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        return positions.Sum(position => _diagonal[position]);
    }

    /// <inheritdoc/>
    public override Tensor TopWithin(Tensor coordinates)
    {
        CheckCoordinates(coordinates);
        using var scope = NewDisposeScope();
        return TopRight(_factor.matmul(coordinates.t())).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor TopAt(IReadOnlyList<long> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        using var scope = NewDisposeScope();
        if (positions.Count == Dimension)
            return TopDirections(1).select(0, 0).contiguous().MoveToOuterDisposeScope();
        return TopRight(_factor.index_select(1, tensor(positions.ToArray()))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _factor.Dispose();
        _vectors.Dispose();
    }

    /// <summary>The top right singular vector of <c>[q, k]</c>, through the smaller of its two Gram matrices, which is not written out where it is large.</summary>
    private static Tensor TopRight(Tensor factor)
    {
        using var scope = NewDisposeScope();
        if (factor.shape[1] <= factor.shape[0])
            return TopEigenvector(new FactorGram(factor.t())).MoveToOuterDisposeScope();
        var right = TopEigenvector(new FactorGram(factor)).matmul(factor);
        return (right / right.norm()).MoveToOuterDisposeScope();
    }

    /// <summary><c>FFᵀ</c> for F <c>[q, k]</c>: two products with F cost less than the matrix for as many as are needed.</summary>
    private sealed class FactorGram(Tensor factor) : ISymmetricOperator
    {
        public long Dimension => factor.shape[0];

        public Tensor Multiply(Tensor block)
        {
            using var scope = NewDisposeScope();
            return block.matmul(factor).matmul(factor.t()).MoveToOuterDisposeScope();
        }
    }
}
