using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Operators made of operators, against matrices. Kills: a shift applied to the block in place, one-sided projection, onto confused with off.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 30, QuietOnSuccess = true)]
public class OperatorTests
{
    [Property]
    public void A_projected_operator_is_PAP(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var inner = Random(spec);
        foreach (var subspace in new Subspace[] { Spaces.Dense(spec, spec.First), Spaces.Axes(spec, spec.Second) })
        {
            var onto = subspace.Project(eye(spec.Ambient, spec.Ambient, ScalarType.Float64));
            var off = eye(spec.Ambient, spec.Ambient, ScalarType.Float64) - onto;
            Check(ProjectedOperator.Onto(inner, subspace), onto.matmul(inner.Matrix).matmul(onto), inner, spec);
            Check(ProjectedOperator.Off(inner, subspace), off.matmul(inner.Matrix).matmul(off), inner, spec);
        }
    }

    [Property]
    public void A_shifted_operator_is_A_plus_the_shift(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var inner = Random(spec);
        Check(new ShiftedOperator(inner, -1.5), inner.Matrix - 1.5 * eye(spec.Ambient, spec.Ambient, ScalarType.Float64), inner, spec);
    }

    [Fact]
    public void A_counting_operator_counts_rows()
    {
        using var scope = NewDisposeScope();
        var counting = new CountingOperator(new DenseOperator(eye(3, 3, ScalarType.Float64)));
        counting.Multiply(ones(4, 3, ScalarType.Float64));
        counting.Multiply(ones(1, 3, ScalarType.Float64));
        Assert.Equal(5, counting.Products);
        Assert.Same(counting, counting.Reference);
    }

    /// <summary>Kills: a wrapper that hides that its products are float32, which would pass float32 residuals off as float64.</summary>
    [Fact]
    public void Wrappers_pass_the_float64_reference_on()
    {
        using var scope = NewDisposeScope();
        var original = new DenseOperator(eye(3, 3, ScalarType.Float64));
        var rounded = new RoundedOperator(original);
        Assert.Same(original, new CountingOperator(rounded).Reference);
        Assert.NotSame(rounded, new ShiftedOperator(rounded, 1).Reference);
        var (shifted, projected) = (new ShiftedOperator(rounded, 1), ProjectedOperator.Onto(rounded, CoordinateSubspace.Whole(3)));
        Assert.NotSame(shifted, shifted.Reference);
        Assert.NotSame(projected, projected.Reference);
    }

    [Fact]
    public void A_matrix_that_is_not_symmetric_is_refused()
    {
        using var scope = NewDisposeScope();
        var exception = Assert.Throws<ArgumentException>(() => new DenseOperator(tensor(new double[,] { { 1, 2 }, { 0, 1 } })));
        Assert.Equal(
            "The matrix [2, 2] is not symmetric: max |A − Aᵀ| = 2 against max |A| = 2. Symmetrise it as (A + Aᵀ)/2 if that is what you mean. (Parameter 'matrix')",
            exception.Message);
    }

    private static DenseOperator Random(SubspaceSpec spec)
    {
        var matrix = tensor(new RandomSource((ulong)spec.Seed, 71).Gaussians((long)spec.Ambient * spec.Ambient), [spec.Ambient, spec.Ambient]);
        return new DenseOperator((matrix + matrix.transpose(0, 1)) / 2);
    }

    private static void Check(ISymmetricOperator actual, Tensor expected, DenseOperator inner, SubspaceSpec spec)
    {
        var products = actual.Multiply(eye(spec.Ambient, spec.Ambient, ScalarType.Float64));
        Expect.Close(expected, products, Spaces.Limit(spec.Ambient) * Math.Max(1, inner.Matrix.norm().ToDouble()));
    }
}
