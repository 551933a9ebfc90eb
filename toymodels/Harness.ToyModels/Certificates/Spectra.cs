using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>Eigenvalues inside certificates.</summary>
internal static class Spectra
{
    /// <summary>Eigenvalues <c>[n]</c> of a symmetric matrix, ascending; all NaN if an entry is not finite, where LAPACK gives up.</summary>
    internal static Tensor Eigenvalues(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        var values = matrix.isfinite().all().ToBoolean()
            ? linalg.eigvalsh(matrix)
            : full(matrix.shape[0], double.NaN, dtype: float64);
        return values.MoveToOuterDisposeScope();
    }
}
