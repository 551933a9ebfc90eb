using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>Hessian-vector products of whole networks by double backward, on one retained gradient graph.</summary>
public class HessianTests
{
    private const double Step = 6e-6;

    /// <summary>As for single operators: truncation and rounding near 1e-10 against products of order one.</summary>
    private const double Tolerance = 1e-7;

    public static TheoryData<string> Names => new("mlp", "cnn");

    /// <summary>
    /// Rejects a double backward that loses a path through two layers, or a retained graph that a product changes.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Product_agrees_with_difference_of_gradients(string name)
    {
        var network = Network(name);
        using var scope = NewDisposeScope();
        var parameters = Samples.Tensor([network.Count], 1, -0.5, 0.5);
        var theta = parameters.clone().requires_grad_();
        var gradient = autograd.grad([network.Loss(theta)], [theta], null, true, true)[0];
        for (var k = 0; k < 3; k++)
        {
            var direction = Samples.Tensor([network.Count], 10 + k);
            var product = autograd.grad([gradient], [theta], [direction], true)[0];
            var difference = (Gradient(network, parameters + Step * direction) - Gradient(network,
                parameters - Step * direction)) / (2 * Step);
            var (error, size) = ((product - difference).abs().max(), difference.abs().max());
            Assert.True(error.item<double>() < Tolerance * (1 + size.item<double>()));
            Assert.True(product.abs().max().item<double>() > 1e-3, "a vanishing product would prove nothing");
        }
    }

    /// <summary>Rejects a double backward that is not the derivative of a gradient: the Hessian must be symmetric.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Hessian_is_symmetric(string name)
    {
        var network = Network(name);
        using var scope = NewDisposeScope();
        var theta = Samples.Tensor([network.Count], 1, -0.5, 0.5).requires_grad_();
        var gradient = autograd.grad([network.Loss(theta)], [theta], null, true, true)[0];
        var rows = Enumerable.Range(0, 12).Select(i => autograd.grad([gradient[i]], [theta], null, true)[0]).ToArray();
        var block = stack(rows).narrow(1, 0, 12);
        Assert.True(allclose(block, block.t(), 0, 1e-14));
    }

    internal static (long Count, Func<Tensor, Tensor> Loss) Network(string name) =>
        name == "mlp" ? (59, Perceptron) : (139, Convolutional);

    private static Tensor Gradient((long Count, Func<Tensor, Tensor> Loss) network, Tensor at)
    {
        var theta = at.detach().requires_grad_();
        return autograd.grad([network.Loss(theta)], [theta])[0];
    }

    /// <summary>4 → 5 → 3 → 4 with tanh and gelu, margin of cross-entropy over six samples.</summary>
    private static Tensor Perceptron(Tensor theta)
    {
        var p = theta.split([20, 5, 15, 3, 12, 4]);
        var x = Samples.Tensor([6, 4], 2);
        var hidden = F.linear(x, p[0].view(5, 4), p[1]).tanh();
        var second = F.gelu(F.linear(hidden, p[2].view(3, 5), p[3]));
        return F.cross_entropy(F.linear(second, p[4].view(4, 3), p[5]), tensor(new long[] { 0, 1, 2, 3, 1, 2 }));
    }

    /// <summary>Two convolutions, max pooling, one dense layer; squared error.</summary>
    private static Tensor Convolutional(Tensor theta)
    {
        var p = theta.split([27, 3, 54, 2, 48, 3, 2]);
        var x = Samples.Tensor([4, 1, 8, 8], 3);
        var first = F.silu(F.conv2d(x, p[0].view(3, 1, 3, 3), p[1], null, [1, 1]));
        var second = F.conv2d(F.max_pool2d(first, 2), p[2].view(2, 3, 3, 3), p[3], null, [1, 1]).tanh();
        var features = F.max_pool2d(second, 2).flatten(1);
        var output = F.linear(features.narrow(1, 0, 8), p[4].view(6, 8)).narrow(1, 0, 3) + p[5];
        return F.mse_loss(output * (1 + p[6].sum()), Samples.Tensor([4, 3], 4));
    }
}
