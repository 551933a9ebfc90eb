using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>How independent two subspaces are, such as the top eigenspaces of two data sets (methods.md M1).</summary>
/// <param name="Overlap"><c>V_A V_Bᵀ</c>, <c>[k_A, k_B]</c>: cosines between single basis vectors.</param>
/// <param name="Angles">Principal angles in radians, ascending, <c>[min(k_A, k_B)]</c>.</param>
/// <param name="MeanSquaredCosine">Mean of cos² over the principal angles; 0: orthogonal, 1: one contains the other.</param>
/// <param name="RandomMeanSquaredCosine">Its expectation for random subspaces of the same dimensions, <c>max(k_A, k_B)/P</c>, exactly.</param>
/// <param name="UnionDimension">Dimension of the sum of both; <c>k_A + k_B</c> where they are linearly independent.</param>
public sealed record SubspaceIndependence(
    double[,] Overlap, double[] Angles, double MeanSquaredCosine, double RandomMeanSquaredCosine, long UnionDimension)
{
    /// <summary>Whether no direction belongs to both: the union has full dimension.</summary>
    public bool IsLinearlyIndependent => UnionDimension == Overlap.GetLength(0) + Overlap.GetLength(1);

    /// <summary>Compares two orthonormal bases.</summary>
    /// <param name="first">V_A, <c>[k_A, P]</c>, at least one row.</param>
    /// <param name="second">V_B, <c>[k_B, P]</c>, at least one row.</param>
    /// <exception cref="ArgumentException">The rows are not orthonormal, or lie in different spaces.</exception>
    public static SubspaceIndependence Between(TorchSharp.torch.Tensor first, TorchSharp.torch.Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        using var scope = NewDisposeScope();
        var (a, b) = (new DenseSubspace(first.alias()), new DenseSubspace(second.alias()));
        var angles = PrincipalAngles.Between(a, b);
        var overlap = first.matmul(second.t());
        var numbers = overlap.contiguous().data<double>().ToArray();
        var table = new double[overlap.shape[0], overlap.shape[1]];
        Buffer.BlockCopy(numbers, 0, table, 0, numbers.Length * sizeof(double));
        return new SubspaceIndependence(
            table, angles, angles.Average(angle => Math.Pow(Math.Cos(angle), 2)), (double)Math.Max(a.Dimension, b.Dimension) / a.AmbientDimension,
            DenseSubspace.Span(cat([first, second], 0)).Dimension);
    }
}
