using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>
/// J and Jᵀ. Kills: samples out of order, the last batch dropped, a product in the wrong slot, sample weights or weight decay leaking in, a graph freed
/// by the first product.
/// </summary>
[Properties(Arbitrary = [typeof(Specs)], MaxTest = 30, QuietOnSuccess = true)]
public class OutputJacobianProperties
{
    [Property]
    public void The_two_products_are_adjoint(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(spec);
        using var jacobian = problem.Landscape(spec.Batch).Jacobian(problem.Parameters);
        var random = new RandomSource((ulong)spec.Seed, 21);
        var v = tensor(random.Gaussians(2 * jacobian.Dimension), [2, jacobian.Dimension]);
        var u = tensor(random.Gaussians(3L * spec.Samples * spec.Outputs), [3, spec.Samples, spec.Outputs]);
        for (var repeat = 0; repeat < 2; repeat++)
        {
            var (product, transposed) = (jacobian.Multiply(v), jacobian.MultiplyTranspose(u));
            Assert.Equal([2, spec.Samples, spec.Outputs], product.shape);
            var scale = Math.Max(1, product.norm().ToDouble() * u.norm().ToDouble());
            Expect.Close(u.flatten(1).matmul(product.flatten(1).transpose(0, 1)), transposed.matmul(v.transpose(0, 1)), Tolerances.AssumedNoise64 * scale);
        }
    }

    [Property]
    public void A_product_is_the_derivative_of_the_outputs(NetworkSpec spec)
    {
        using var scope = NewDisposeScope();
        spec = spec.IsSmooth ? spec : spec with { Activation = Activation.Silu };
        var problem = Problem.Create(spec);
        var landscape = problem.Landscape(spec.Batch);
        using var jacobian = landscape.Jacobian(problem.Parameters);
        var v = tensor(new RandomSource((ulong)spec.Seed, 22).Gaussians(jacobian.Dimension));
        v /= v.norm();
        const double step = Tolerances.DifferenceStep;
        var difference = (landscape.Outputs(problem.Parameters + v * step) - landscape.Outputs(problem.Parameters - v * step)) / (2 * step);
        var product = jacobian.Multiply(v.unsqueeze(0))[0];
        Expect.Close(difference, product, Tolerances.CentralDifference * Math.Max(1, difference.abs().max().ToDouble() + landscape.Outputs(problem.Parameters).abs().max().ToDouble()));
    }

    [Fact]
    public void A_network_that_reads_no_parameter_has_a_zero_Jacobian()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new ParameterLayout([("idle", [3])]), [new ScaleOperation { Inputs = ["x"], Output = "y", Factor = 2 }], "y");
        var landscape = new LossLandscape(network, new Loss(LossKind.MeanSquaredError), new DataSet("all", ones(4, 2, ScalarType.Float64), zeros(4, 2, ScalarType.Float64)));
        var theta = zeros(3, ScalarType.Float64);
        using var jacobian = landscape.Jacobian(theta);
        using var hessian = landscape.Hessian(theta);
        Expect.Close(zeros(1, 4, 2, ScalarType.Float64), jacobian.Multiply(ones(1, 3, ScalarType.Float64)), 0);
        Expect.Close(zeros(1, 3, ScalarType.Float64), jacobian.MultiplyTranspose(ones(1, 4, 2, ScalarType.Float64)), 0);
        Expect.Close(zeros(1, 3, ScalarType.Float64), hessian.Multiply(ones(1, 3, ScalarType.Float64)), 0);
        Expect.Close(zeros(3, ScalarType.Float64), landscape.Gradient(theta), 0);
        Assert.Equal(8, landscape.Value(theta));
    }
}
