using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <content>Inequalities between spectra, in float64: by the eigenvalues of matrices that were written out.</content>
internal static partial class HessianChecks
{
    /// <summary>Each tensor's block lies inside the whole's spectrum. Holds for any symmetric matrix: under test is what makes the block.</summary>
    internal static Violation? Interlacing(
        HessianFactory make, Func<ISymmetricOperator, ParameterLayout, string, ISymmetricOperator> restrict, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec with { Precision = ScalarType.Float64 };
        var problem = Problem.Create(spec);
        return Use(make, problem, spec, hessian =>
        {
            var matrix = new DenseOperator(Symmetric(hessian));
            var whole = Eigenvalues(matrix);
            foreach (var slot in problem.Network.Layout)
                if (SpectrumChecks.Interlacing(whole, Eigenvalues(restrict(matrix, problem.Network.Layout, slot.Name)), Rounding(whole)) is { } violation)
                    return violation;
            return null;
        });
    }

    /// <summary>H = GGN + (H − GGN). Holds for any symmetric matrices: under test is what makes the sum.</summary>
    internal static Violation? Weyl(HessianFactory make, Func<ISymmetricOperator, ISymmetricOperator, ISymmetricOperator> add, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec with { Precision = ScalarType.Float64 };
        var problem = Problem.Create(spec);
        using var ggn = problem.Landscape(spec.Batch).GaussNewton(problem.Parameters);
        return Use(make, problem, spec, hessian =>
        {
            var part = new DenseOperator(Symmetric(ggn));
            var rest = new DenseOperator(Symmetric(hessian) - part.Matrix);
            double[] first = Eigenvalues(part), second = Eigenvalues(rest), sum = Eigenvalues(add(part, rest));
            return SpectrumChecks.Weyl(first, second, sum, Rounding(first) + Rounding(second) + Rounding(sum))
                // The trace is where a term counted twice, or with another factor, shows even between the bounds.
                ?? (Math.Abs(sum.Sum() - first.Sum() - second.Sum()) is var difference && difference <= sum.Length * (Rounding(first) + Rounding(second) + Rounding(sum))
                    ? null : new Violation("Weyl", difference, 0, "difference of the traces"));
        });
    }

    /// <summary>Weight decay μ moves every λ by μ: Weyl's inequality with a multiple of the identity, within 2η of each side.</summary>
    private static Violation? EigenvalueShift(HessianFactory make, NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec with { Precision = ScalarType.Float64, WeightDecay = 0 };
        var problem = Problem.Create(spec);
        var decayed = problem with { Loss = problem.Loss with { WeightDecay = 0.37 } };
        return Use(make, problem, spec, plain => Use(make, decayed, spec, shifted =>
        {
            double[] before = Eigenvalues(plain), after = Eigenvalues(shifted);
            var limit = Tolerances.EigenvalueShift(Tolerances.AssumedNoise64) * Math.Max(before.Max(Math.Abs), after.Max(Math.Abs));
            return SpectrumChecks.Weyl(before, [.. before.Select(_ => 0.37)], after, limit);
        }));
    }

    private static double[] Eigenvalues(ISymmetricOperator op)
    {
        using var scope = NewDisposeScope();
        return Expect.Numbers(linalg.eigvalsh(Symmetric(op)));
    }

    private static Tensor Symmetric(ISymmetricOperator op)
    {
        using var scope = NewDisposeScope();
        var matrix = op.Multiply(eye(op.Dimension, op.Dimension, ScalarType.Float64));
        return ((matrix + matrix.transpose(0, 1)) / 2).MoveToOuterDisposeScope();
    }

    private static double Rounding(double[] spectrum) =>
        (Tolerances.AssumedNoise64 + Tolerances.DenseEigenvalue(spectrum.Length)) * spectrum.Max(Math.Abs);
}
