using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

internal static class Known
{
    /// <summary>The spectrum of a problem's Hessian, from the matrix written out in one batch. That this is the Hessian, other tests show.</summary>
    internal static KnownSpectrum Spectrum(Problem problem)
    {
        using var hessian = problem.Landscape().Hessian(problem.Parameters);
        var matrix = hessian.Multiply(eye(problem.Dimension, problem.Dimension, ScalarType.Float64));
        var (values, columns) = linalg.eigh((matrix + matrix.transpose(0, 1)) / 2);
        var numbers = Expect.Numbers(values);
        var rounding = (Tolerances.SameProduct(Tolerances.AssumedNoise64) + Tolerances.DenseEigenvalue(problem.Dimension)) * numbers.Max(Math.Abs);
        return new KnownSpectrum(numbers, columns.transpose(0, 1).contiguous(), rounding);
    }
}
