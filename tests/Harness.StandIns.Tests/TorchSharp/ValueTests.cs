using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>
/// Values of the operators against plain loops: consistent derivatives of the wrong function, from swapped or dropped arguments,
/// end here.
/// </summary>
public sealed class ValueTests : IDisposable
{
    /// <summary>Sums of at most a hundred terms of order one, each rounded at 1e-16.</summary>
    private const double Tolerance = 1e-13;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Rejects a convolution whose stride, padding and dilation arrive in another order, or swap their axes.</summary>
    [Fact]
    public void Conv2d_places_stride_padding_and_dilation()
    {
        var (input, weight, bias) = (Samples.Tensor([2, 4, 6, 5], 1), Samples.Tensor([6, 2, 2, 3], 2), Samples.Tensor([6], 3));
        var (stride, padding, dilation) = ((Y: 2, X: 1), (Y: 1, X: 2), (Y: 3, X: 1));
        var found = F.conv2d(input, weight, bias, [stride.Y, stride.X], [padding.Y, padding.X], [dilation.Y, dilation.X], 2);
        Assert.Equal([2, 6, 3, 7], found.shape);
        var (x, w, b, y) = (input.data<double>(), weight.data<double>(), bias.data<double>(), found.data<double>());
        foreach (var (n, o, row, column) in Indices(2, 6, 3, 7))
        {
            var expected = b[o];
            foreach (var (c, dy, dx, _) in Indices(2, 2, 3, 1))
            {
                var (r, s) = (row * stride.Y - padding.Y + dy * dilation.Y, column * stride.X - padding.X + dx * dilation.X);
                if (r is >= 0 and < 6 && s is >= 0 and < 5)
                    expected += w[o, c, dy, dx] * x[n, o / 3 * 2 + c, r, s];
            }
            Assert.Equal(expected, y[n, o, row, column], Tolerance);
        }
    }

    /// <summary>Rejects a pooling that strides by one where the kernel's size is the default.</summary>
    [Fact]
    public void Max_pool2d_strides_by_its_kernel()
    {
        var input = Samples.Tensor([1, 2, 4, 6], 1);
        var found = F.max_pool2d(input, [2, 3]);
        Assert.Equal([1, 2, 2, 2], found.shape);
        var (x, y) = (input.data<double>(), found.data<double>());
        foreach (var (_, c, i, j) in Indices(1, 2, 2, 2))
            Assert.Equal(Indices(2, 3, 1, 1).Max(k => x[0, c, 2 * i + k.A, 3 * j + k.B]), y[0, c, i, j]);
        Assert.Equal(found.data<double>().ToArray(), F.max_pool2d(input, (2, 3)).data<double>().ToArray());
        Assert.Equal([1, 2, 3, 5], F.max_pool2d(input, 2, 1).shape);
    }

    /// <summary>Rejects the tanh approximation, which is off by up to 1e-3.</summary>
    [Theory]
    [InlineData(-1.5, -0.10021080190328713)]
    [InlineData(0.7, 0.5306254434438489)]
    [InlineData(2.0, 1.9544997361036416)]
    public void Gelu_is_the_exact_one(double x, double expected) =>
        Assert.Equal(expected, F.gelu(tensor(x)).item<double>(), Tolerance);

    [Theory]
    [InlineData(-0.5)]
    [InlineData(1.25)]
    public void Activations_follow_their_formulas(double value)
    {
        var x = tensor(value);
        Assert.Equal(Math.Max(value, 0), F.relu(x).item<double>());
        Assert.Equal(value / (1 + Math.Exp(-value)), F.silu(x).item<double>(), Tolerance);
        Assert.Equal(Math.Log(1 + Math.Exp(value)), F.softplus(x).item<double>(), Tolerance);
        Assert.Equal(Math.Log(1 + Math.Exp(3 * value)) / 3, F.softplus(x, 3).item<double>(), Tolerance);
    }

    /// <summary>
    /// Rejects a loss that swaps the reduction with the ignored index, or that counts ignored samples in the mean.
    /// </summary>
    [Fact]
    public void Cross_entropy_reduces_ignores_and_smooths()
    {
        var (logits, target) = (Samples.Tensor([4, 3], 1), new long[] { 2, 0, 1, 2 });
        double[] Losses(double smoothing) => Enumerable.Range(0, 4).Select(n =>
        {
            var row = Enumerable.Range(0, 3).Select(c => logits[n, c].item<double>()).ToArray();
            var normalizer = Math.Log(row.Sum(Math.Exp));
            return (1 - smoothing) * (normalizer - row[target[n]]) + smoothing * (normalizer - row.Average());
        }).ToArray();

        double Found(long ignored, nn.Reduction reduction, double smoothing) =>
            F.cross_entropy(logits, tensor(target), null, ignored, reduction, smoothing).item<double>();

        Assert.Equal(Losses(0).Average(), F.cross_entropy(logits, tensor(target)).item<double>(), Tolerance);
        Assert.Equal(Losses(0.2).Sum(), Found(-100, nn.Reduction.Sum, 0.2), Tolerance);
        Assert.Equal(Losses(0)[1..3].Average(), Found(2, nn.Reduction.Mean, 0), Tolerance);
        Assert.Equal(4, F.cross_entropy(logits, tensor(target), reduction: nn.Reduction.None).numel());
    }

    [Fact]
    public void Mse_loss_reduces_as_told()
    {
        var (x, y) = (tensor(new[] { 1.0, 2, 4 }), tensor(new[] { 0.0, 4, 1 }));
        Assert.Equal(14.0 / 3, F.mse_loss(x, y).item<double>(), Tolerance);
        Assert.Equal(14, F.mse_loss(x, y, nn.Reduction.Sum).item<double>());
        Assert.Equal([1.0, 4, 9], F.mse_loss(x, y, nn.Reduction.None).data<double>().ToArray());
    }

    /// <summary>Rejects a multiplier that is dropped on the way: α of sums, β and α of products.</summary>
    [Fact]
    public void Multipliers_arrive()
    {
        var (x, y) = (tensor(new[] { 1.0, 2 }), tensor(new[] { 10.0, 20 }));
        Assert.Equal([6.0, 12], x.add(y, 0.5).data<double>().ToArray());
        Assert.Equal([-4.0, -8], x.sub(y, 0.5).data<double>().ToArray());
        var one = ones(1, 1, 1, dtype: float64);
        Assert.Equal(2 * 3.0 + 5 * 7, (one * 3).baddbmm(one, one * 7, 2, 5).item<double>());
        Assert.Equal(2 * 3.0 + 5 * 7, addmm(ones(1, 1, dtype: float64) * 3, ones(1, 1, dtype: float64), ones(1, 1,
            dtype: float64) * 7, 2, 5).item<double>());
        var source = tensor(new[] { 2.0, 4, 8 });
        Assert.Equal([2.0, 4, 1], zeros(3, dtype: float64).index_add(0, tensor(new long[] { 2, 0, 1 }), source,
            0.5).data<double>().ToArray());
    }

    /// <summary>Rejects operators with swapped operands.</summary>
    [Fact]
    public void Operators_keep_their_order()
    {
        var x = tensor(new[] { 2.0, 5 });
        Assert.Equal([8.0, 5], (10 - x).data<double>().ToArray());
        Assert.Equal([5.0, 2], (10 / x).data<double>().ToArray());
        Assert.Equal([-8.0, -5], (x - 10).data<double>().ToArray());
        Assert.Equal([0.2, 0.5], (x / 10).data<double>().ToArray());
        Assert.Equal([2.0, 1], (x % 4).data<double>().ToArray());
        Assert.Equal([false, true], (3 < x).data<bool>().ToArray());
        Assert.Equal([true, false], (3 >= x).data<bool>().ToArray());
        Assert.Equal([false, true], (x == 5).data<bool>().ToArray());
        Assert.Equal([true, false], (x != 5).data<bool>().ToArray());
        Assert.Equal([true, true], ((x > 1) & (x < 9)).data<bool>().ToArray());
    }

    [Fact]
    public void Reductions_and_orderings_follow_their_dimension()
    {
        var x = tensor(new[,] { { 3.0, 1, 2 }, { 4, 6, 5 } });
        Assert.Equal([7.0, 7, 7], x.sum(0L).data<double>().ToArray());
        Assert.Equal([2, 1], x.sum(1, keepdim: true).shape);
        Assert.Equal([2.0, 5], x.mean([1]).data<double>().ToArray());
        Assert.Equal([0L, 1], x.argmax(1).data<long>().ToArray());
        Assert.Equal([1.0, 4], x.min(1).values.data<double>().ToArray());
        Assert.Equal([1L, 0], x.min(1).indexes.data<long>().ToArray());
        Assert.Equal([6.0, 5], x.topk(2, 1).values[1].data<double>().ToArray());
        Assert.Equal([1.0, 2], x.topk(2, 1, largest: false).values[0].data<double>().ToArray());
        Assert.Equal([1L, 2, 0], x.argsort(1)[0].data<long>().ToArray());
        Assert.Equal([6.0, 5, 4], x.sort(1, descending: true).Values[1].data<double>().ToArray());
        Assert.Equal([3.0, 4, 6], x.cumsum(1)[0].data<double>().ToArray());
        Assert.Equal(Math.Log(Math.Exp(3) + Math.E + Math.Exp(2)), logsumexp(x, 1)[0].item<double>(), Tolerance);
        Assert.Equal(Math.Sqrt(91), x.norm().item<double>(), Tolerance);
        Close(tensor(new[] { 5, Math.Sqrt(37), Math.Sqrt(29) }), linalg.norm(x, 2.0, [0]));
    }

    /// <summary>Rejects a decomposition whose factors do not multiply back, or whose order is not the documented one.</summary>
    [Fact]
    public void Decompositions_multiply_back()
    {
        var x = Samples.Tensor([5, 3], 1);
        var gram = x.t().mm(x);

        var (values, vectors) = linalg.eigh(gram);
        Close(gram, vectors.mm(diag(values)).mm(vectors.t()));
        Assert.Equal(values.data<double>().ToArray().Order(), values.data<double>().ToArray());
        Close(values, linalg.eigvalsh(gram));

        var (q, r) = linalg.qr(x);
        Assert.Equal([5, 3], q.shape);
        Assert.Equal([3, 3], r.shape);
        Close(x, q.mm(r));
        Assert.Equal([5, 5], linalg.qr(x, linalg.QRMode.Complete).Q.shape);

        var (u, s, vh) = linalg.svd(x, fullMatrices: false);
        Close(x, u.mm(diag(s)).mm(vh));
        Assert.Equal([5, 5], linalg.svd(x).U.shape);
        Close(s, linalg.svdvals(x));

        var l = linalg.cholesky(gram);
        Close(gram, l.mm(l.t()));
        Close(eye(3, dtype: float64), gram.mm(linalg.inv(gram)));
        Close(x.t(), gram.mm(linalg.solve(gram, x.t())));
        Close(linalg.solve(gram, x.t().mm(x)), linalg.lstsq(x, x).Solution);
    }

    private static void Close(Tensor expected, Tensor found) =>
        Assert.True(allclose(expected, found, 0, 1e-12), $"largest difference {(expected - found).abs().max().item<double>()}");

    private static IEnumerable<(int A, int B, int C, int D)> Indices(int a, int b, int c, int d) =>
        from i in Enumerable.Range(0, a)
        from j in Enumerable.Range(0, b)
        from k in Enumerable.Range(0, c)
        from l in Enumerable.Range(0, d)
        select (i, j, k, l);
}
