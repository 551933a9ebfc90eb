using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>What landscapes compute is counted, for whoever had it computed and nobody else.</summary>
public class WorkMeterTests
{
    /// <summary>One gradient for each operator, one product for each row; a Gauss–Newton product is one with J and one with Jᵀ. Kills a count of calls or of blocks.</summary>
    [Fact]
    public void Gradients_and_products_are_counted()
    {
        using var scope = NewDisposeScope();
        var (landscape, theta) = Small();
        var block = ones([3, landscape.Dimension], float64);
        Assert.Equal((1, 0), Counted(() => landscape.Gradient(theta)));
        Assert.Equal((0, 0), Counted(() => landscape.Value(theta)));
        Assert.Equal((1, 3), Counted(() =>
        {
            using var hessian = landscape.Hessian(theta);
            hessian.Multiply(block);
        }));
        Assert.Equal((1, 6), Counted(() =>
        {
            using var matrix = landscape.GaussNewton(theta);
            matrix.Multiply(block);
        }));
        Assert.Equal((1, 3), Counted(() =>
        {
            using var jacobian = landscape.Jacobian(theta);
            jacobian.Multiply(block);
        }));
    }

    /// <summary>Kills a counter that loses what other threads of the method compute, and one that is shared by all who run at the time.</summary>
    [Fact]
    public void Threads_that_were_started_inside_count_and_others_do_not()
    {
        using var scope = NewDisposeScope();
        var (landscape, theta) = Small();
        void Compute()
        {
            using var inner = NewDisposeScope();
            landscape.Gradient(theta);
        }
        using var go = new ManualResetEventSlim();
        var outside = new Thread(() =>
        {
            go.Wait();
            Compute();
        });
        outside.Start();
        Assert.Equal((3, 0), Counted(() =>
        {
            Task.Run(Compute).Wait();
            var thread = new Thread(Compute);
            thread.Start();
            thread.Join();
            go.Set();
            outside.Join();
            Assert.Equal((1, 0), Counted(Compute));
        }));
        Compute();
        using var later = WorkMeter.Begin();
        Assert.Equal(0, later.Gradients);
    }

    private static (long, long) Counted(Action action)
    {
        using var meter = WorkMeter.Begin();
        action();
        return (meter.Gradients, meter.Products);
    }

    private static (LossLandscape, Tensor) Small()
    {
        var layout = new ParameterLayout([("w", [2, 3])]);
        var network = new Network(layout, [new LinearOperation { Inputs = ["x"], Weight = "w", Output = "y" }], "y");
        var random = new RandomSource(1);
        var data = new DataSet("all", tensor(random.Gaussians(12), [4, 3]), tensor(random.Gaussians(8), [4, 2]));
        return (new LossLandscape(network, new Loss(LossKind.MeanSquaredError), data), tensor(random.Gaussians(6)));
    }
}
