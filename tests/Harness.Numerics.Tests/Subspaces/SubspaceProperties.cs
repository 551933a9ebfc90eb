using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// Every kind of subspace is an orthonormal basis with its adjoint. Kills: projection with a basis that is not orthonormal, transposed coordinates,
/// project-on confused with project-off, indices off by one.
/// </summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
public class SubspaceProperties
{
    [Property]
    public void Dense_is_a_projector_with_adjoint_coordinates(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        CheckIdentities(Spaces.Dense(spec, spec.First), spec.Seed);
    }

    [Property]
    public void Coordinate_is_a_projector_with_adjoint_coordinates(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        CheckIdentities(Spaces.Axes(spec, spec.First), spec.Seed);
    }

    [Property]
    public void Transformed_is_a_projector_with_adjoint_coordinates(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var map = Spaces.Monomial(spec.Ambient, spec.Seed);
        CheckIdentities(new TransformedSubspace(map, Spaces.Dense(spec, spec.First)), spec.Seed);
        CheckIdentities(new TransformedSubspace(map, Spaces.Axes(spec, spec.Second)), spec.Seed);
    }

    [Property]
    public void Transforming_by_products_agrees_with_writing_the_image_out(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var map = Spaces.Monomial(spec.Ambient, spec.Seed);
        foreach (var inner in new Subspace[] { Spaces.Dense(spec, spec.First), Spaces.Axes(spec, spec.Second) })
        {
            var image = DenseSubspace.Span(map.Apply(inner.Basis()));
            AssertSame(image, new TransformedSubspace(map, inner));
            AssertSame(image, Numerics.Subspaces.Transform(map, inner, inverse: false));
        }
    }

    [Property]
    public void Transforming_there_and_back_is_the_identity(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var map = Spaces.Monomial(spec.Ambient, spec.Seed);
        foreach (var inner in new Subspace[] { Spaces.Dense(spec, spec.First), Spaces.Axes(spec, spec.Second), new TransformedSubspace(map, Spaces.Axes(spec, spec.First)) })
            AssertSame(inner, Numerics.Subspaces.Transform(map, Numerics.Subspaces.Transform(map, inner, inverse: false), inverse: true));
    }

    [Property]
    public void A_coordinate_subspace_stays_one_under_a_monomial_map(SubspaceSpec spec)
    {
        var axes = Spaces.Axes(spec, spec.First);
        Assert.IsType<CoordinateSubspace>(Numerics.Subspaces.Transform(Spaces.Monomial(spec.Ambient, spec.Seed), axes, inverse: spec.Seed % 2 == 0));
    }

    [Property]
    public void Span_finds_the_rank_of_dependent_rows(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var basis = Spaces.Dense(spec, spec.First);
        var mix = tensor(new RandomSource((ulong)spec.Seed, 7).Gaussians((spec.First + 3L) * spec.First), [spec.First + 3, spec.First], dtype: ScalarType.Float64);
        AssertSame(basis, DenseSubspace.Span(basis.Embed(mix)));
    }

    [Property]
    public void The_sum_contains_each_and_nothing_else(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Spaces.Dense(spec, spec.First), Spaces.Axes(spec, spec.Second));
        var sum = Numerics.Subspaces.Sum([a, b]);
        Assert.Equal(Math.Min(spec.Ambient, spec.First + spec.Second), sum.Dimension);
        Expect.Close(a.Basis(), sum.Project(a.Basis()), Spaces.Limit(spec.Ambient));
        Expect.Close(b.Basis(), sum.Project(b.Basis()), Spaces.Limit(spec.Ambient));
        Assert.IsType<CoordinateSubspace>(Numerics.Subspaces.Sum([b, b]));
    }

    private static void AssertSame(Subspace expected, Subspace actual)
    {
        Assert.Equal(expected.Dimension, actual.Dimension);
        var probes = eye(expected.AmbientDimension, expected.AmbientDimension, ScalarType.Float64);
        Expect.Close(expected.Project(probes), actual.Project(probes), Spaces.Limit(expected.AmbientDimension));
    }

    private static void CheckIdentities(Subspace subspace, int seed)
    {
        var (n, r) = (subspace.AmbientDimension, subspace.Dimension);
        var limit = Spaces.Limit(n);
        var random = new RandomSource((ulong)seed, 3);
        var block = tensor(random.Gaussians(3 * n), [3, n]) / Math.Sqrt(n);
        var coordinates = tensor(random.Gaussians(3 * r), [3, r], dtype: ScalarType.Float64) / Math.Sqrt(n);

        Assert.Equal([3, r], subspace.Coordinates(block).shape);
        Expect.Close(eye(r, r, ScalarType.Float64), subspace.Coordinates(subspace.Basis()), limit);
        Expect.Close(coordinates, subspace.Coordinates(subspace.Embed(coordinates)), limit);
        Expect.Close(coordinates.matmul(subspace.Basis()), subspace.Embed(coordinates), limit);
        Expect.Close(block.matmul(subspace.Basis().transpose(0, 1)), subspace.Coordinates(block), limit);
        Expect.Close(subspace.Project(block), subspace.Project(subspace.Project(block)), limit);
        Expect.Close(block, subspace.Project(block) + subspace.ProjectOff(block), limit);
        Expect.Close(zeros([3, r], ScalarType.Float64), subspace.Coordinates(subspace.ProjectOff(block)), limit);
    }
}
