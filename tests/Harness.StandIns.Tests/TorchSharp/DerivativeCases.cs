using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>A differentiable function of matrices, with points away from its kinks and poles.</summary>
internal sealed record DerivativeCase(string Name, Func<Tensor[], Tensor> Function, params double[][,] Points)
{
    public override string ToString() => Name;
}

/// <summary>Every differentiable operator that the project uses.</summary>
internal static class DerivativeCases
{
    internal static IEnumerable<DerivativeCase> All => [.. Elementwise, .. Products, .. Shapes, .. Reductions, .. Networks,
        .. Decompositions];

    private static double[,] A => Samples.Matrix(3, 4, 1);
    private static double[,] B => Samples.Matrix(3, 4, 2);
    private static double[,] Positive => Samples.Matrix(3, 4, 3, 0.3, 2);
    private static double[,] OtherPositive => Samples.Matrix(3, 4, 4, 0.4, 2.5);

    private static DerivativeCase Of(string name, Func<Tensor, Tensor> function, double[,] point) => new(name, x =>
        function(x[0]), point);

    private static DerivativeCase Of(string name, Func<Tensor, Tensor, Tensor> function, double[,] left, double[,] right) =>
        new(name, x => function(x[0], x[1]), left, right);

    private static IEnumerable<DerivativeCase> Elementwise =>
    [
        Of("add", (x, y) => x + y * y, A, B),
        Of("add with alpha", (x, y) => x.square().add(y.square(), 0.3), A, B),
        Of("add scalar", x => (x + 2).square(), A),
        Of("sub", (x, y) => (x - y).square(), A, B),
        Of("scalar minus tensor", x => (1.5 - x).square(), A),
        Of("mul", (x, y) => x * y, A, B),
        Of("mul scalar", x => (0.7 * x * 3).square(), A),
        Of("div", (x, y) => x / y, A, Positive),
        Of("scalar over tensor", x => 2.0 / x, Positive),
        Of("div scalar", x => (x / 3.0).square(), A),
        Of("neg", x => x.neg().exp(), A),
        Of("abs", x => x.abs() * x.square(), A),
        Of("sign", x => x.sign() * x.square(), A),
        Of("square", x => x.square(), A),
        Of("sqrt", x => x.sqrt(), Positive),
        Of("rsqrt", x => x.rsqrt(), Positive),
        Of("reciprocal", x => x.reciprocal(), Positive),
        Of("exp", x => x.exp(), A),
        Of("expm1", x => x.expm1(), A),
        Of("log", x => x.log(), Positive),
        Of("log1p", x => x.log1p(), Positive),
        Of("logaddexp", (x, y) => logaddexp(x, y), A, B),
        Of("sin", x => x.sin(), A),
        Of("cos", x => x.cos(), A),
        Of("tanh", x => x.tanh(), A),
        Of("sigmoid", x => x.sigmoid(), A),
        Of("erf", x => x.erf(), A),
        Of("pow scalar", x => x.pow(2.5), Positive),
        Of("pow tensor", (x, y) => x.pow(y), Positive, OtherPositive),
        Of("clamp", x => x.clamp(-0.5, 0.5) * x, A),
        Of("maximum", (x, y) => maximum(x, y).square(), A, B),
        Of("minimum", (x, y) => minimum(x, y).square(), A, B),
        Of("where", (x, y) => where(x.detach() > 0, x.square() * y, y.exp()), A, B),
        Of("relu", x => F.relu(x) * x.exp(), A),
        Of("gelu", x => F.gelu(x), A),
        Of("silu", x => F.silu(x), A),
        Of("softplus", x => F.softplus(x), A),
        Of("addcmul", (x, y) => x.addcmul(x, y, 0.5), A, B),
    ];

    private static IEnumerable<DerivativeCase> Products =>
    [
        Of("matmul", (x, y) => x.matmul(y), A, Samples.Matrix(4, 2, 5)),
        Of("matmul vector", (x, y) => x.matmul(y.flatten()), A, Samples.Matrix(4, 1, 5)),
        Of("mm", (x, y) => x.mm(y).square(), A, Samples.Matrix(4, 2, 5)),
        Of("bmm", (x, y) => x.view(3, 2, 2).bmm(y.view(3, 2, 2)), A, B),
        Of("baddbmm", (x, y) => x.view(3, 2, 2).baddbmm(y.view(3, 2, 2), x.view(3, 2, 2), 0.5f, 2), A, B),
        Of("mv", (x, y) => x.mv(y.flatten()), A, Samples.Matrix(4, 1, 6)),
        Of("dot", (x, y) => x.flatten().dot(y.flatten()), A, B),
        Of("outer", (x, y) => x.flatten().outer(y.flatten()), A, Samples.Matrix(1, 3, 7)),
        Of("kron", (x, y) => x.kron(y), A, Samples.Matrix(2, 2, 7)),
        Of("addmm", (x, y) => x.addmm(y, y.t().mm(x), 0.5f, 2), A, Samples.Matrix(3, 3, 8)),
        Of("einsum", (x, y) => einsum("ij,kj,kl->il", x, y, y), A, B),
        Of("tensordot", (x, y) => tensordot(x, y, [1], [1]), A, B),
        Of("trace", x => x.mm(x).trace(), Samples.Matrix(3, 3, 9)),
    ];

    private static IEnumerable<DerivativeCase> Shapes =>
    [
        Of("reshape", x => x.reshape(2, 6).square(), A),
        Of("view", x => x.view(4, 3).mm(x), A),
        Of("permute", x => x.view(3, 2, 2).permute(2, 0, 1).square().cumsum(1), A),
        Of("transpose", x => x.transpose(0, 1).mm(x), A),
        Of("expand", x => x.unsqueeze(0).expand(2, 3, 4) * x.exp(), A),
        Of("repeat", x => x.repeat(2, 1).square(), A),
        Of("squeeze", x => x.view(3, 1, 4).squeeze(1).square(), A),
        Of("cat", (x, y) => cat([x, y, x], 1).square(), A, B),
        Of("stack", (x, y) => stack([x, y, x], 1).square().cumsum(1), A, B),
        Of("split", x => x.split([1, 3], 1)[1] * x.split(3, 1)[1], A),
        Of("narrow", x => x.narrow(1, 1, 2).square(), A),
        Of("select", x => x.select(0, 1).square(), A),
        Of("slice", x => x[TensorIndex.Colon, TensorIndex.Slice(0, 4, 2)].square(), A),
        Of("index", x => x[TensorIndex.Tensor(tensor(new long[] { 2, 0, 2 })), TensorIndex.Colon].square(), A),
        Of("index_select", x => x.index_select(1, tensor(new long[] { 3, 0, 3 })).square(), A),
        Of("gather", x => x.gather(1, tensor(new long[,] { { 0, 3 }, { 1, 1 }, { 2, 0 } })).square(), A),
        Of("index_add", (x, y) => x.index_add(0, tensor(new long[] { 2, 0, 2 }), y, 0.5).square(), A, B),
        Of("index_copy", (x, y) => x.index_copy(0, tensor(new long[] { 2, 0, 1 }), y).square(), A, B),
        Of("scatter", (x, y) =>
            x.scatter(1, tensor(new long[,] { { 0, 3 }, { 1, 2 }, { 2, 0 } }), y).square(), A, Samples.Matrix(3, 2, 11)),
        Of("scatter_add", (x, y) =>
            x.scatter_add(1, tensor(new long[,] { { 0, 3 }, { 1, 1 }, { 2, 0 } }), y).square(), A, Samples.Matrix(3, 2, 11)),
        Of("masked_select", x => x.masked_select(x.detach() > 0).square(), A),
        Of("masked_fill", x => x.masked_fill(x.detach() > 0, 2).square(), A),
        Of("flip", x => x.flip(1) * x, A),
        Of("roll", x => x.roll(1, 1) * x, A),
        Of("diag", x => x.diag().square(), Samples.Matrix(3, 3, 12)),
        Of("diagonal", x => x.view(2, 2, 3).diagonal(0, 0, 1).square(), A),
        Of("tril and triu", x => x.tril().mm(x.triu(1).t()), A),
        Of("unbind", x => x.unbind(1)[2] * x.unbind(1)[0], A),
    ];

    private static IEnumerable<DerivativeCase> Reductions =>
    [
        Of("sum", x => x.square().sum() * x.exp().sum(), A),
        Of("sum over dimension", x => x.square().sum(1).square(), A),
        Of("sum over dimensions", x => x.view(3, 2, 2).exp().sum([0, 2], true).square(), A),
        Of("mean", x => x.mean() * x.square().mean(), A),
        Of("mean over dimensions", x => x.mean([0]).square(), A),
        Of("prod", x => x.prod(), Positive),
        Of("var", x => x.var(false), A),
        Of("std", x => x.std(1), A),
        Of("norm", x => x.norm(), A),
        Of("linalg.norm", x => linalg.norm(x, 2.0, [1]), A),
        Of("linalg.vector_norm", x => linalg.vector_norm(x, 3), A),
        Of("logsumexp", x => logsumexp(x, 1), A),
        Of("softmax", x => F.softmax(x, 0), A),
        Of("log_softmax", x => F.log_softmax(x, 1), A),
        Of("cumsum", x => x.cumsum(1).square(), A),
        Of("max", x => x.max() * x, A),
        Of("max over dimension", x => x.max(1).values.square(), A),
        Of("min over dimension", x => x.min(0).values.exp(), A),
        Of("amax", x => x.amax([0], true).square(), A),
        Of("sort", x => x.sort(1, true).Values.square().cumsum(1), A),
        Of("topk", x => x.topk(2, 1).values.square(), A),
    ];

    private static IEnumerable<DerivativeCase> Networks =>
    [
        new("linear", x => F.linear(x[0], x[1], x[2].flatten()), A, Samples.Matrix(2, 4, 13), Samples.Matrix(1, 2, 14)),
        new("conv2d", x => F.conv2d(x[0].view(1, 2, 4, 4), x[1].view(3, 2, 2, 2), x[2].flatten()),
            Samples.Matrix(2, 16, 15), Samples.Matrix(3, 8, 16), Samples.Matrix(1, 3, 17)),
        new("conv2d strided, padded, dilated", x =>
            F.conv2d(x[0].view(1, 2, 4, 4), x[1].view(3, 2, 2, 2), null, [2, 1], [1, 2], [1, 2]),
            Samples.Matrix(2, 16, 15), Samples.Matrix(3, 8, 16)),
        new("conv2d grouped", x => F.conv2d(x[0].view(1, 2, 4, 4), x[1].view(2, 1, 3, 3), null, null, [1, 1], null, 2),
            Samples.Matrix(2, 16, 15), Samples.Matrix(2, 9, 16)),
        Of("max_pool2d", x => F.max_pool2d(x.view(1, 2, 4, 4), 2).square(), Samples.Matrix(2, 16, 18)),
        Of("max_pool2d with stride", x => F.max_pool2d(x.view(1, 2, 4, 4), [3, 2], [1, 2]).square(), Samples.Matrix(2, 16, 18)),
        Of("layer_norm", x => F.layer_norm(x, [4]), A),
        Of("cross_entropy", x => F.cross_entropy(x, tensor(new long[] { 3, 0, 1 })), A),
        Of("cross_entropy summed, ignoring, smoothed",
            x => F.cross_entropy(x, tensor(new long[] { 3, 1, 2 }), null, 1, nn.Reduction.Sum, 0.1), A),
        Of("cross_entropy unreduced", x => F.cross_entropy(x, tensor(new long[] { 3, 1, 2 }), null, -100, nn.Reduction.None), A),
        Of("mse_loss", (x, y) => F.mse_loss(x, y), A, B),
        Of("mse_loss summed", (x, y) => F.mse_loss(x.square(), y, nn.Reduction.Sum), A, B),
    ];

    private static double[,] Square => Samples.Matrix(3, 3, 20);

    /// <summary>Symmetric with eigenvalues near 1, 3 and 6: well apart, as the derivatives of eigenvectors need.</summary>
    private static Tensor Symmetric(Tensor x) => diag(tensor(new[] { 1.0, 3.0, 6.0 })) + 0.2 * (x + x.t());

    private static IEnumerable<DerivativeCase> Decompositions =>
    [
        Of("linalg.eigh values", x => linalg.eigh(Symmetric(x)).Item1, Square),
        // The sign of an eigenvector is arbitrary; its projector is not.
        Of("linalg.eigh vectors", x =>
            linalg.eigh(Symmetric(x)).Item2 is var v ? v.narrow(1, 0, 1).mm(v.narrow(1, 0, 1).t()) : x, Square),
        Of("linalg.eigvalsh", x => linalg.eigvalsh(Symmetric(x)), Square),
        Of("linalg.qr", x => linalg.qr(Symmetric(x)).R.abs(), Square),
        Of("linalg.svd", x => linalg.svd(Symmetric(x), false).S, Square),
        Of("linalg.svdvals", x => linalg.svdvals(Symmetric(x)), Square),
        Of("linalg.cholesky", x => linalg.cholesky(Symmetric(x)), Square),
        Of("linalg.inv", x => linalg.inv(Symmetric(x)), Square),
        Of("linalg.det", x => linalg.det(Symmetric(x)), Square),
        Of("linalg.solve", (x, y) => linalg.solve(Symmetric(x), y), Square, Samples.Matrix(3, 2, 21)),
    ];
}
