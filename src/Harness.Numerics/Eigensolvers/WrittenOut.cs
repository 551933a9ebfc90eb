using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>An operator written out as a matrix by float64 products, in the units of a <see cref="MeasuredOperator"/>.</summary>
/// <param name="Symmetric"><c>[n, n]</c>: (A + Aᵀ)/2.</param>
/// <param name="Asymmetry">max |A − Aᵀ|, measured before it was removed.</param>
internal sealed record WrittenOut(Tensor Symmetric, double Asymmetry)
{
    private const long ChunkRows = 128;

    /// <summary>Writes an operator out with n products.</summary>
    internal static WrittenOut Matrix(MeasuredOperator op, IProgress<double>? progress)
    {
        using var scope = NewDisposeScope();
        var n = op.Dimension;
        // A Gaussian product fixes the scale before any row is stored.
        if (op.Products == 0)
            op.MultiplyReference(Blocks.Gaussian(RandomSource.Named(0, "written-out"), 1, n) / Math.Sqrt(n));
        var matrix = empty(n, n, ScalarType.Float64);
        for (long start = 0; start < n; start += ChunkRows)
        {
            using var inner = NewDisposeScope();
            var length = Math.Min(ChunkRows, n - start);
            var rows = zeros(length, n, ScalarType.Float64);
            rows.narrow(1, start, length).copy_(eye(length, length, ScalarType.Float64));
            matrix.narrow(0, start, length).copy_(op.MultiplyReference(rows));
            progress?.Report((start + length) / (double)(n + 1));
        }
        var asymmetry = (matrix - matrix.transpose(0, 1)).abs().max().ToDouble();
        return new WrittenOut(((matrix + matrix.transpose(0, 1)) / 2).MoveToOuterDisposeScope(), asymmetry);
    }
}
