using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>How far rows are from orthonormal.</summary>
internal static class Orthonormality
{
    /// <summary>Largest entry of <c>|BBᵀ − I|</c>; 0 for no rows, NaN if a row is not finite.</summary>
    internal static double Deviation(Tensor rows)
    {
        if (rows.shape[0] == 0)
            return 0;
        using var scope = NewDisposeScope();
        return (rows.matmul(rows.transpose(0, 1)) - eye(rows.shape[0], rows.shape[0], ScalarType.Float64)).abs().max().ToDouble();
    }
}
