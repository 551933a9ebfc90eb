using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Operators on and off a subspace, and off the gradient.</summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 40, QuietOnSuccess = true)]
public class ProjectedOperatorTests
{
    /// <summary>Kills: one-sided projection, onto for off.</summary>
    [Property]
    public void On_the_subspace_it_is_the_operator_and_off_it_nothing(SpectrumSpec spec)
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(spec);
        var subspace = Random(spec);
        Expect.None(IsRestriction(ProjectedOperator.Onto(planted.Operator, subspace), planted, subspace));
        var complement = subspace.Dimension == spec.Dimension ? zeros(0, spec.Dimension, ScalarType.Float64) : Complement(subspace);
        Expect.None(IsRestriction(ProjectedOperator.Off(planted.Operator, subspace), planted, new DenseSubspace(complement)));
    }

    [Fact]
    public void A_projection_with_a_basis_that_is_not_orthonormal_is_rejected()
    {
        using var scope = NewDisposeScope();
        var spec = new SpectrumSpec(SpectrumFamily.Indefinite, 20, 1, SpectrumEnd.Largest, true, 9);
        var planted = PlantedSpectrum.Create(spec);
        var basis = Random(spec).Basis();
        var skewed = cat([basis.narrow(0, 0, 1), basis.narrow(0, 1, 1) + 0.2 * basis.narrow(0, 0, 1), basis.narrow(0, 2, basis.shape[0] - 2)], 0);
        var projector = skewed.transpose(0, 1).matmul(skewed);
        var product = projector.matmul(planted.Operator.Matrix).matmul(projector);
        Assert.Equal("restriction", IsRestriction(new DenseOperator((product + product.transpose(0, 1)) / 2), planted, Random(spec))?.Check);
    }

    [Fact]
    public void Onto_in_the_place_of_off_is_rejected()
    {
        using var scope = NewDisposeScope();
        var spec = new SpectrumSpec(SpectrumFamily.Indefinite, 20, 1, SpectrumEnd.Largest, true, 9);
        var planted = PlantedSpectrum.Create(spec);
        var confused = ProjectedOperator.Onto(planted.Operator, Random(spec));
        Assert.Equal("restriction", IsRestriction(confused, planted, new DenseSubspace(Complement(Random(spec))))?.Check);
    }

    /// <summary>
    /// Away from a minimum a step along an eigenvector changes the loss at first order, unless the curvature is taken off the gradient.
    /// Kills: a gradient left in, or taken off from one side.
    /// </summary>
    [Property]
    public void Off_the_gradient_eigenvectors_change_the_loss_at_second_order_only(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        var landscape = problem.Landscape();
        var gradient = landscape.Gradient(problem.Parameters);
        using var hessian = landscape.Hessian(problem.Parameters);
        var off = ProjectedOperator.OffGradient(hessian, gradient);
        Expect.None(FirstOrder(off, gradient));
        // What is left is the Hessian: the value is its Rayleigh quotient, unless nothing is left and the vector is any.
        var pairs = new DenseEigensolver().Solve(off, new EigenRequest(1, SpectrumEnd.Magnitude) { HasValidity = false });
        var quotient = (hessian.Multiply(pairs.Vectors) * pairs.Vectors).sum().ToDouble();
        var norm = new DenseEigensolver().Solve(hessian, new EigenRequest(1, SpectrumEnd.Magnitude) { HasValidity = false }).Norm;
        var limit = Tolerances.SameProduct(Tolerances.AssumedNoise64) * norm * Math.Sqrt(off.Dimension);
        if (Math.Abs(pairs.Values[0]) > limit)
            Assert.Equal(quotient, pairs.Values[0], limit);
    }

    /// <summary>The mutant of steering: eigenvectors of the Hessian itself, taken at a point that is not a minimum.</summary>
    [Fact]
    public void A_gradient_left_in_is_rejected()
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(new NetworkSpec(3, 4, 1, 3, 11, 4, Activation.Gelu, LossKind.CrossEntropy, false, 0, 5));
        var gradient = problem.Landscape().Gradient(problem.Parameters);
        using var hessian = problem.Landscape().Hessian(problem.Parameters);
        Assert.Equal("first order", FirstOrder(hessian, gradient)?.Check);
        Assert.Equal("first order", FirstOrder(ProjectedOperator.Onto(hessian, DenseSubspace.Span(gradient.unsqueeze(0))), gradient)?.Check);
    }

    /// <summary>Kills: 0/0 in the gradient's direction.</summary>
    [Fact]
    public void At_a_stationary_point_nothing_is_taken_off()
    {
        using var scope = NewDisposeScope();
        var planted = PlantedSpectrum.Create(new SpectrumSpec(SpectrumFamily.WellSeparated, 7, 1, SpectrumEnd.Largest, true, 2));
        var off = ProjectedOperator.OffGradient(planted.Operator, zeros(7, ScalarType.Float64));
        Expect.None(OperatorChecks.Agreement("stationary", off, planted.Operator, 0, 1));
        Assert.Throws<ArgumentException>(() => ProjectedOperator.OffGradient(planted.Operator, zeros(6, ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => ProjectedOperator.OffGradient(planted.Operator, full(7, double.NaN, ScalarType.Float64)));
    }

    /// <summary>On basis vectors of a subspace the operator has the matrix's inner products; it maps into the subspace and kills its complement.</summary>
    private static Violation? IsRestriction(ISymmetricOperator projected, PlantedSpectrum planted, Subspace subspace)
    {
        using var scope = NewDisposeScope();
        var basis = subspace.Basis();
        var restricted = basis.matmul(planted.Operator.Matrix).matmul(basis.transpose(0, 1));
        var expected = basis.transpose(0, 1).matmul(restricted).matmul(basis);
        var actual = projected.Multiply(eye(projected.Dimension, projected.Dimension, ScalarType.Float64));
        // Sandwiching twice between projections known to the orthonormality of their bases.
        var limit = 4 * Tolerances.Orthonormality(projected.Dimension, projected.Dimension) * planted.Norm;
        var difference = (expected - actual).abs().max().ToDouble();
        return difference <= limit ? null : new Violation("restriction", difference, limit, $"onto dimension {subspace.Dimension} of {projected.Dimension}");
    }

    private static Violation? FirstOrder(ISymmetricOperator curvature, Tensor gradient)
    {
        var pairs = new DenseEigensolver().Solve(curvature, new EigenRequest(1, SpectrumEnd.Magnitude) { HasValidity = false });
        var slope = Math.Abs(pairs.Vectors[0].dot(gradient).ToDouble());
        // A vector of eigenvalue 0 is any vector of the null space, the gradient itself included.
        var limit = Math.Abs(pairs.Values[0]) <= pairs.ZeroLevel ? double.PositiveInfinity
            : Tolerances.Orthonormality(1, gradient.shape[0]) * gradient.norm().ToDouble() * (pairs.Norm + 1) / pairs.Norm;
        return slope <= limit ? null : new Violation("first order", slope, limit, "|gᵀv| of the leading eigenvector");
    }

    private static DenseSubspace Random(SpectrumSpec spec) =>
        Numerics.Subspaces.Random(spec.Dimension, 1 + spec.Seed % spec.Dimension, new RandomSource((ulong)spec.Seed, 61));

    private static Tensor Complement(Subspace subspace)
    {
        var (_, vectors) = linalg.eigh(subspace.Project(eye(subspace.AmbientDimension, subspace.AmbientDimension, ScalarType.Float64)));
        return vectors.transpose(0, 1).narrow(0, 0, subspace.AmbientDimension - subspace.Dimension).contiguous();
    }
}
