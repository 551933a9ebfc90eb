using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Kills: a graph or a result that outlives its product, an operator that keeps its graphs after it was disposed.</summary>
public class LifetimeTests
{
    private static readonly NetworkSpec s_spec = new(4, 6, 2, 3, 20, 6, Activation.Gelu, LossKind.CrossEntropy, true, 0.1, 5);

    /// <summary>Counted in tensors, which unlike a resident set is exact; <c>harness bench</c> shows the resident set.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_thousand_products_leave_nothing_behind(bool alwaysDifferentiate)
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(s_spec);
        var options = new LandscapeOptions(s_spec.Batch) { AlwaysDifferentiate = alwaysDifferentiate };
        using var hessian = new LossLandscape(problem.Network, problem.Loss, problem.Data, options).Hessian(problem.Parameters);
        using var jacobian = problem.Landscape(s_spec.Batch).Jacobian(problem.Parameters);
        var block = ones(2, hessian.Dimension, ScalarType.Float64);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 1000; i++)
        {
            hessian.Multiply(block).Dispose();
            if (i % 10 == 0)
                jacobian.MultiplyTranspose(jacobian.Multiply(block)).Dispose();
        }
        // The Jacobian's inner result belongs to this scope: one per ten turns.
        Assert.Equal(before + 100, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Disposed_operators_hold_nothing_and_say_so()
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(s_spec);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var hessian = problem.Landscape(s_spec.Batch, ScalarType.Float32).Hessian(problem.Parameters);
        var jacobian = problem.Landscape(s_spec.Batch).Jacobian(problem.Parameters);
        _ = hessian.Reference;
        hessian.Dispose();
        hessian.Dispose();
        jacobian.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Throws<ObjectDisposedException>(() => hessian.Multiply(ones(1, hessian.Dimension, ScalarType.Float64)));
        Assert.Throws<ObjectDisposedException>(() => hessian.Reference);
        Assert.Throws<ObjectDisposedException>(() => jacobian.Multiply(ones(1, hessian.Dimension, ScalarType.Float64)));
    }

    [Fact]
    public void The_graph_survives_no_grad_around_it_and_a_changed_parameter_tensor()
    {
        using var scope = NewDisposeScope();
        var problem = Problem.Create(s_spec);
        using var expected = problem.Landscape().Hessian(problem.Parameters);
        using var off = no_grad();
        var theta = problem.Parameters.clone();
        using var actual = problem.Landscape().Hessian(theta);
        theta.zero_();
        Expect.None(OperatorChecks.Agreement("copied parameters", actual, expected, 0, 3));
    }
}
