using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// Angles against constructions with known ones. Kills: angles by the cosine alone (nothing below 1e-8 survives), by the sine alone (nothing near π/2),
/// sines paired with cosines in the wrong order, angles of the larger subspace.
/// </summary>
public class PrincipalAngleTests
{
    [Theory]
    [InlineData(1e-9, 1)]
    [InlineData(1e-9, 1e-5)]
    [InlineData(3e-8, 1.5707963)]
    [InlineData(0.3, 0.7)]
    [InlineData(0, 1.5707963267948966)]
    public void Known_angles_are_recovered_to_roundoff(double first, double second)
    {
        using var scope = NewDisposeScope();
        // a = span(e1, e2), b = span(cos·e1 + sin·e3, cos·e2 + sin·e4), both turned by one random rotation of ℝ¹².
        var rotation = Numerics.Subspaces.Random(12, 12, new RandomSource(5)).Basis();
        var a = new DenseSubspace(rotation.narrow(0, 0, 2).contiguous());
        var b = DenseSubspace.Span(stack([
            Math.Cos(first) * rotation[0] + Math.Sin(first) * rotation[2],
            Math.Cos(second) * rotation[1] + Math.Sin(second) * rotation[3]]));
        double[] expected = [.. new[] { first, second }.Order()];
        var actual = PrincipalAngles.Between(a, b);
        Assert.Equal(2, actual.Length);
        for (var i = 0; i < 2; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= Tolerances.Angle(12), $"angle {actual[i]:g17}, expected {expected[i]:g17}");
    }

    [Property(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
    public void Angles_are_symmetric_ascending_and_invariant_under_rotation(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Spaces.Dense(spec, spec.First), Spaces.Axes(spec, spec.Second));
        var rotation = Numerics.Subspaces.Random(spec.Ambient, spec.Ambient, new RandomSource((ulong)spec.Seed, 9)).Basis();
        var angles = PrincipalAngles.Between(a, b);
        Assert.Equal(Math.Min(spec.First, spec.Second), angles.Length);
        Assert.Equal(angles.Order(), angles);
        AssertEqual(angles, PrincipalAngles.Between(b, a), spec.Ambient);
        AssertEqual(
            angles,
            PrincipalAngles.Between(new DenseSubspace(a.Basis().matmul(rotation)), new DenseSubspace(b.Basis().matmul(rotation))),
            spec.Ambient);
    }

    [Property(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
    public void Index_sets_and_their_bases_have_the_same_angles(SubspaceSpec spec)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Spaces.Axes(spec, spec.First), Spaces.Axes(spec with { Seed = spec.Seed + 1 }, spec.Second));
        AssertEqual(PrincipalAngles.Between(a, b), PrincipalAngles.Between(new DenseSubspace(a.Basis()), b), spec.Ambient);
    }

    [Fact]
    public void Subspaces_of_different_spaces_have_no_angles()
    {
        var exception = Assert.Throws<ArgumentException>(() => PrincipalAngles.Between(CoordinateSubspace.Whole(3), CoordinateSubspace.Whole(4)));
        Assert.Equal("The subspaces lie in ℝ^3 and ℝ^4.", exception.Message);
    }

    private static void AssertEqual(double[] expected, double[] actual, long ambient)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (left, right) in expected.Zip(actual))
            Assert.True(Math.Abs(left - right) <= Tolerances.Angle(ambient), $"{left:g17} against {right:g17}");
    }
}
