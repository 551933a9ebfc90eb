using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

public sealed class GradModeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Modes_nest_and_restore()
    {
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            using (enable_grad())
                Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
            Assert.False((tensor(1.0, requires_grad: true) * 2).requires_grad);
        }
        Assert.True(is_grad_enabled());
    }

    /// <summary>Rejects a detach that copies the flag, and a flag that arrives at intermediate results.</summary>
    [Fact]
    public void Requires_grad_follows_the_graph()
    {
        var x = tensor(new[] { 1.0, 2 }, requires_grad: true);
        var y = x * 2;
        Assert.Equal((true, true, true, false), (x.requires_grad, x.is_leaf, y.requires_grad, y.is_leaf));
        Assert.False(y.detach().requires_grad);
        Assert.True(y.clone().requires_grad);
        Assert.False(zeros(2).requires_grad);
        Assert.True(zeros(2).requires_grad_().requires_grad);
    }

    /// <summary>Rejects an unused input that silently becomes zero.</summary>
    [Fact]
    public void An_unused_input_is_invalid_when_allowed()
    {
        var (x, unused) = (tensor(1.0, requires_grad: true), tensor(1.0, requires_grad: true));
        var gradients = autograd.grad([x * x], [x, unused], null, false, false, true);
        Assert.Equal(2, gradients[0].item<double>());
        Assert.True(gradients[1].IsInvalid);
        Assert.Throws<InvalidOperationException>(() => gradients[1].numel());
    }

    /// <summary>Rejects seeds that are ignored: the product of a Jacobian with a vector.</summary>
    [Fact]
    public void Output_gradients_weigh_the_outputs()
    {
        var x = tensor(new[] { 1.0, 2, 3 }, requires_grad: true);
        var product = autograd.grad([x * x], [x], [tensor(new[] { 1.0, 10, 100 })])[0];
        Assert.Equal([2.0, 40, 600], product.data<double>().ToArray());
    }

    [Fact]
    public void In_place_changes_are_seen_through_every_reference()
    {
        var x = tensor(new[] { 1.0, 2, 3 });
        var (view, alias) = (x.narrow(0, 1, 2), x.alias());
        x.add_(1).mul_(2).sub_(tensor(new[] { 1.0, 1, 1 })).div_(3);
        Assert.Equal([1, 5.0 / 3, 7.0 / 3], alias.data<double>().ToArray());
        Assert.Equal(5.0 / 3, view[0].item<double>());
        view.zero_();
        Assert.Equal([1.0, 0, 0], x.data<double>().ToArray());
        x.copy_(tensor(new[] { 7.0, 8, 9 }));
        x.fill_(4);
        Assert.Equal([4.0, 4], view.data<double>().ToArray());
    }
}
