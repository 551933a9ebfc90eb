using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>What every product shares: the check of a block's shape, and moving numbers between managed memory and tensors.</summary>
internal static class Blocks
{
    /// <summary>Throws unless <paramref name="block"/> is <c>[k, columns]</c> float64. Genuine torch may abort the process on a bad shape.</summary>
    internal static void Check(Tensor block, long columns, [CallerArgumentExpression(nameof(block))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(block, name);
        if (block.ndim != 2 || block.shape[1] != columns || block.dtype != ScalarType.Float64)
            throw new ArgumentException(
                $"Expected a block [k, {columns}] of float64 rows, got {block.dtype} [{string.Join(", ", block.shape)}]. A single vector is a block of one row.",
                name);
    }

    /// <summary>Throws unless <paramref name="vector"/> is <c>[length]</c> float64.</summary>
    internal static void CheckVector(Tensor vector, long length, [CallerArgumentExpression(nameof(vector))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(vector, name);
        if (vector.ndim != 1 || vector.shape[0] != length || vector.dtype != ScalarType.Float64)
            throw new ArgumentException($"Expected a vector [{length}] of float64, got {vector.dtype} [{string.Join(", ", vector.shape)}].", name);
    }

    /// <summary>The entries, row-major.</summary>
    internal static double[] ToArray(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>Euclidean norm of every row of <c>[k, n]</c>.</summary>
    internal static double[] RowNorms(Tensor block)
    {
        using var scope = NewDisposeScope();
        return ToArray(block.square().sum(1).sqrt());
    }

    /// <summary>A <c>[rows, columns]</c> float64 tensor of standard normals.</summary>
    internal static Tensor Gaussian(Harness.Models.RandomSource random, long rows, long columns) =>
        tensor(random.Gaussians(checked(rows * columns)), [rows, columns], dtype: ScalarType.Float64);
}
