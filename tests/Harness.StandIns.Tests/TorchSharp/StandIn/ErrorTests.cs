using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>
/// Native failures arrive as ExternalException and the process lives on. Only of the stand-in: some of these abort the genuine
/// package.
/// </summary>
public sealed class ErrorTests : IDisposable
{
    private static readonly Dictionary<string, (Action Action, string Message)> s_failures = new()
    {
        ["matmul"] = (() => zeros(2, 3).matmul(zeros(2, 3)), "mat1 and mat2 shapes cannot be multiplied"),
        ["add"] = (() => _ = zeros(2, 3) + zeros(4), "must match the size"),
        ["cat"] = (() => cat([zeros(2, 3), zeros(3, 2)]), "Sizes of tensors must match"),
        ["stack"] = (() => stack([zeros(2), zeros(3)]), "stack expects each tensor to be equal size"),
        ["stack of nothing"] = (() => stack([]), "non-empty"),
        ["view"] = (() => zeros(2, 3).view(4, 2), "is invalid for input of size 6"),
        ["view of a transposed"] = (() => zeros(2, 3).t().view(6), "view size is not compatible"),
        ["reshape"] = (() => zeros(2, 3).reshape(5), "is invalid for input of size 6"),
        ["conv2d"] = (() => F.conv2d(zeros(1, 2, 4, 4), zeros(3, 5, 2, 2)), "channels"),
        ["max_pool2d"] = (() => F.max_pool2d(zeros(1, 1, 2, 2), 5), "too small"),
        ["linear"] = (() => F.linear(zeros(2, 3), zeros(4, 5)), "shapes cannot be multiplied"),
        ["einsum"] = (() => einsum("ij,jk->ik", zeros(2, 3), zeros(2, 3)), "einsum"),
        ["einsum without operands"] = (() => einsum("ij->"), "einsum"),
        ["cross_entropy"] = (() => F.cross_entropy(zeros(2, 3), tensor(new long[] { 0, 7 })), "out of bounds"),
        ["mixed types"] = (() => zeros(2, 2, dtype: float32).mm(zeros(2, 2, dtype: float64)), "expected "),
        ["index"] = (() => _ = zeros(3)[7], "out of range"),
        ["index_select"] = (() => zeros(3).index_select(0, tensor(new long[] { 5 })), "out of range"),
        ["gather"] = (() => zeros(3).gather(0, tensor(new long[] { 5 })), "out of bounds"),
        ["narrow"] = (() => zeros(3).narrow(0, 2, 5), "exceeds dimension size"),
        ["dimension"] = (() => zeros(3).sum(4), "Dimension out of range"),
        ["negative size"] = (() => zeros(-3), "negative dimension"),
        ["huge size"] = (() => zeros(1L << 60), ""),
        ["singular"] = (() => linalg.inv(zeros(3, 3)), "singular"),
        ["not square"] = (() => linalg.eigh(zeros(2, 3)), "square"),
        ["not definite"] = (() => linalg.cholesky(eye(3).neg()), "positive-definite"),
        ["grad of a constant"] = (() => autograd.grad([zeros(1)], [zeros(1)]), "does not require grad"),
        ["grad of a vector"] = (() => { var x = ones(2).requires_grad_(); autograd.grad([x * 2], [x]); },
            "grad can be implicitly created only for scalar outputs"),
        ["grad of an unused input"] = (() =>
        {
            var (x, y) = (ones(1).requires_grad_(), ones(1).requires_grad_());
            autograd.grad([x * 2], [y]);
        }, "appears to not have been used in the graph"),
        ["grad twice"] = (() =>
        {
            var x = ones(1).requires_grad_();
            var y = x * x;
            autograd.grad([y], [x]);
            autograd.grad([y], [x]);
        }, "backward through the graph a second time"),
        ["grad with a wrong seed"] = (() =>
            { var x = ones(2).requires_grad_(); autograd.grad([x * 2], [x], [ones(3)]); }, "shape"),
        ["grad of integers"] = (() => zeros(2, dtype: int64).requires_grad_(), "floating point"),
        ["in-place on a leaf"] = (() => ones(2).requires_grad_().add_(1), "leaf Variable"),
        ["item of many"] = (() => zeros(2).ToDouble(), "cannot be converted to Scalar"),
        ["cuda"] = (() => { if (cuda.is_available()) throw new ExternalException("CUDA"); zeros(2).cuda(); }, "CUDA"),
        ["threads"] = (() => set_num_threads(0), "positive"),
    };

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => new(s_failures.Keys);

    public void Dispose() => _scope.Dispose();

    /// <summary>Rejects messages with a native backtrace, swallowed errors, and a failure that spoils the next call.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Failure_is_an_ExternalException(string name)
    {
        var (action, message) = s_failures[name];
        var exception = Assert.Throws<ExternalException>(action);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(exception.Message);
        Assert.Equal(6, (ones(3) * 2).sum().item<float>());
    }

    [Fact]
    public void Null_is_refused()
    {
        var x = ones(2);
        Assert.Throws<ArgumentNullException>(() => cat(null!));
        Assert.Throws<ArgumentNullException>(() => tensor((double[])null!));
        Assert.Throws<ArgumentNullException>(() => x.index((Tensor[])null!));
        Assert.Throws<ArgumentNullException>(() => autograd.grad([x], null!));
        Assert.Throws<ExternalException>(() => x.add((Tensor)null!));
        Assert.Throws<ExternalException>(() => stack([x, null!]));
        Assert.Throws<ExternalException>(() => autograd.grad([x], [null!]));
        Assert.Throws<ExternalException>(() => autograd.grad([null!], [x]));
    }

    /// <summary>Rejects the silent total in bytes that the overloads make of a reduction of dimension 0.</summary>
    [Fact]
    public void A_sum_into_bytes_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ones(2, 3).sum(0));
        Assert.Throws<ArgumentException>(() => ones(2, 3).prod(0));
        Assert.Equal([3], ones(2, 3).sum(0L).shape);
    }

    /// <summary>Rejects a failing call that keeps its arguments alive or loses their reference counts.</summary>
    [Fact]
    public void A_failure_releases_its_arguments()
    {
        var (x, y) = (zeros(2, 3), zeros(4, 5));
        for (var i = 0; i < 20; i++)
            Assert.Throws<ExternalException>(() => x.matmul(y));
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Equal(20, y.numel());
    }
}
