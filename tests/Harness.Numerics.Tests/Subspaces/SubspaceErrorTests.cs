using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// Whole messages: they must say what, actual against expected, and what to do. Kills: arguments that native code would die of, an absolute rank tolerance.
/// </summary>
public class SubspaceErrorTests
{
    [Fact]
    public void Rows_that_are_not_orthonormal_are_refused()
    {
        using var scope = NewDisposeScope();
        var exception = Assert.Throws<ArgumentException>(() => new DenseSubspace(ones(2, 3, ScalarType.Float64)));
        Assert.Equal(
            "The rows [2, 3] are not orthonormal: |BBᵀ − I| = 3, limit 2.22e-15. Use DenseSubspace.Span for arbitrary rows. (Parameter 'orthonormalRows')",
            exception.Message);
    }

    [Fact]
    public void A_vector_is_no_block()
    {
        using var scope = NewDisposeScope();
        var exception = Assert.Throws<ArgumentException>(() => CoordinateSubspace.Whole(3).Project(ones(3, ScalarType.Float64)));
        Assert.Equal("Expected a block [k, 3] of float64 rows, got Float64 [3]. A single vector is a block of one row. (Parameter 'block')", exception.Message);
    }

    [Theory]
    [InlineData(new long[] { 2, 1 }, "Indices must ascend strictly within 0 … 2, but indices[1] = 1 after 2. (Parameter 'indices')")]
    [InlineData(new long[] { 3 }, "Indices must ascend strictly within 0 … 2, but indices[0] = 3. (Parameter 'indices')")]
    public void Indices_must_ascend_within_range(long[] indices, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new CoordinateSubspace(3, indices)).Message);

    [Fact]
    public void A_repeated_source_is_no_permutation() => Assert.Equal(
        "source must be a permutation of 0 … 1, but source[1] = 0 is out of range or repeated. (Parameter 'source')",
        Assert.Throws<ArgumentException>(() => new MonomialMap([0, 0], [1, 1])).Message);

    [Fact]
    public void A_map_that_is_singular_in_float64_is_refused()
    {
        using var scope = NewDisposeScope();
        var axes = DenseSubspace.Span(tensor(new double[,] { { 1, 1, 0 }, { 0, 1, 1 } }));
        var exception = Assert.Throws<ArgumentException>(() => new TransformedSubspace(new MonomialMap([0, 1, 2], [1e12, 1, 1e-12]), axes));
        Assert.StartsWith("The map is too badly conditioned on this 2-dimensional subspace", exception.Message);
    }

    [Fact]
    public void Rows_that_are_not_finite_have_no_span()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => DenseSubspace.Span(tensor(new[,] { { double.NaN, 1 } })));
    }

    [Fact]
    public void Nothing_spans_nothing()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, DenseSubspace.Span(zeros([0, 4], ScalarType.Float64)).Dimension);
        Assert.Equal(0, DenseSubspace.Span(zeros([3, 4], ScalarType.Float64)).Dimension);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void The_scale_of_rows_does_not_matter(double scale)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(2, DenseSubspace.Span(tensor(new double[,] { { 1, 1, 0 }, { 0, 1, 1 } }) * scale).Dimension);
    }
}
