using TorchSharp;
using static TorchSharp.torch;

namespace Harness.StandIns.Tests.TorchSharpTests;

/// <summary>
/// Every other member by one small example: rejects a call with a wrong operator, or with arguments in a wrong place.
/// </summary>
public sealed class MemberTests : IDisposable
{
    private static readonly Dictionary<string, (Func<Tensor> Call, double[] Expected)> s_examples = new()
    {
        ["tan"] = (() => tan(X(0.5)), [Math.Tan(0.5)]),
        ["asin"] = (() => asin(X(0.5)), [Math.Asin(0.5)]),
        ["acos"] = (() => acos(X(0.5)), [Math.Acos(0.5)]),
        ["atan"] = (() => atan(X(0.5)), [Math.Atan(0.5)]),
        ["atan2"] = (() => atan2(X(1), X(-2)), [Math.Atan2(1, -2)]),
        ["sinh"] = (() => sinh(X(0.5)), [Math.Sinh(0.5)]),
        ["cosh"] = (() => cosh(X(0.5)), [Math.Cosh(0.5)]),
        ["erfc"] = (() => erf(X(0.5)) + erfc(X(0.5)), [1]),
        ["log2"] = (() => log2(X(8)), [3]),
        ["log10"] = (() => log10(X(100)), [2]),
        ["floor"] = (() => floor(X(-1.5, 1.5)), [-2, 1]),
        ["ceil"] = (() => ceil(X(-1.5, 1.5)), [-1, 2]),
        ["trunc"] = (() => trunc(X(-1.5, 1.5)), [-1, 1]),
        ["round"] = (() => round(X(-1.7, 2.5)), [-2, 2]),
        ["frac"] = (() => frac(X(-1.5, 1.25)), [-0.5, 0.25]),
        ["fmod"] = (() => X(-5, 5).fmod(3), [-2, 2]),
        ["fmod tensor"] = (() => X(-5, 5).fmod(X(3, 4)), [-2, 1]),
        ["remainder"] = (() => remainder(X(-5, 5), 3), [1, 2]),
        ["remainder tensor"] = (() => remainder(X(-5, 5), X(3, 4)), [1, 1]),
        ["pow_"] = (() => X(2, 3).pow_(2), [4, 9]),
        ["addcmul_"] = (() => X(1).addcmul_(X(2), X(3), 10), [61]),
        ["addcdiv"] = (() => X(1).addcdiv(X(6), X(3), 10), [21]),
        ["addcdiv_"] = (() => X(1).addcdiv_(X(6), X(3), 10), [21]),
        ["lerp"] = (() => X(1).lerp(X(5), X(0.25)), [2]),
        ["clamp with tensors"] = (() => X(-3, 7).clamp(X(0, 0), X(1, 5)), [0, 5]),
        ["clamp_"] = (() => X(-3, 7).clamp_(min: -1), [-1, 7]),
        ["clamp_ with tensors"] = (() => X(-3, 7).clamp_(X(0, 0), X(1, 5)), [0, 5]),
        ["clamp_min"] = (() => X(-3, 7).clamp_min(0), [0, 7]),
        ["clamp_max"] = (() => X(-3, 7).clamp_max(0), [-3, 0]),
        ["nan_to_num"] = (() => X(double.NaN, double.PositiveInfinity).nan_to_num(1, 2), [1, 2]),
        ["isnan"] = (() => isnan(X(double.NaN, 1)), [1, 0]),
        ["isinf"] = (() => isinf(X(double.NegativeInfinity, 1)), [1, 0]),
        ["isfinite"] = (() => isfinite(X(double.NaN, 1)), [0, 1]),
        ["isclose"] = (() => isclose(X(1, 1), X(1.1, 2), 0, 0.5), [1, 0]),
        ["logical_and"] = (() => logical_and(X(1, 1), X(0, 2)), [0, 1]),
        ["logical_or"] = (() => logical_or(X(0, 1), X(0, 0)), [0, 1]),
        ["logical_xor"] = (() => logical_xor(X(1, 1), X(0, 1)), [1, 0]),
        ["logical_not"] = (() => logical_not(X(1, 0)), [0, 1]),
        ["or, xor, not"] = (() => ~((X(1, 0) > 0) | (X(0, 0) > 0)) ^ (X(1, 1) > 0), [1, 0]),
        ["comparisons"] = (() =>
            stack([eq(X(1), X(1)), ne(X(1), X(1)), lt(X(1), X(2)), le(X(1), X(1)), gt(X(1), X(2)), ge(X(1), X(2))]),
            [1, 0, 1, 1, 0, 0]),
        ["in place"] = (() => X(-4).abs_().sqrt_().exp_().log_().reciprocal_().neg_(), [-0.5]),
        ["relu_"] = (() => X(-4, 4).relu_(), [0, 4]),
        ["sub scaled in place"] = (() => X(4).sub_(X(2), 0.5).add_(X(10), 2).sub_(3), [20]),
        ["scaled sums of scalars"] = (() => X(4).add(3, 2).add_(1, 5), [15]),
        ["copy_"] = (() => zeros(2, dtype: float64).copy_(X(3, 4)), [3, 4]),

        ["unflatten"] = (() => Count(6).unflatten(0, 2, 3)[1], [3, 4, 5]),
        ["flatten"] = (() => Count(2, 3, 2).flatten(1)[1], [6, 7, 8, 9, 10, 11]),
        ["t, T and mT"] = (() => Count(2, 3).t()[2] + Count(2, 3).T[2] + Count(2, 3).mT[2], [6, 15]),
        ["movedim"] = (() => movedim(Count(2, 3, 2), 0, 2)[1, 1], [3, 9]),
        ["movedim several"] = (() => Count(2, 3, 2).movedim([0, 1], [1, 2])[1, 1], [7, 9, 11]),
        ["repeat_interleave"] = (() => X(1, 2).repeat_interleave(2), [1, 1, 2, 2]),
        ["repeat_interleave by counts"] = (() => X(1, 2).repeat_interleave(L(1, 3), 0), [1, 2, 2, 2]),
        ["broadcast_to"] = (() => X(1, 2).broadcast_to(2, 2), [1, 2, 1, 2]),
        ["expand_as"] = (() => X(1, 2).expand_as(Count(2, 2)), [1, 2, 1, 2]),
        ["view_as"] = (() => Count(4).view_as(Count(2, 2))[1], [2, 3]),
        ["tile"] = (() => tile(X(1, 2), [2]), [1, 2, 1, 2]),
        ["flip"] = (() => flip(Count(2, 2), 0), [2, 3, 0, 1]),
        ["roll"] = (() => roll(Count(2, 2), 1), [3, 0, 1, 2]),
        ["roll along"] = (() => roll(Count(2, 2), 1, 0), [2, 3, 0, 1]),
        ["roll along several"] = (() => Count(2, 2).roll([1, 1], [0, 1]), [3, 2, 1, 0]),
        ["slice"] = (() => Count(6).slice(0, 1, 6, 2), [1, 3, 5]),
        ["split by sizes"] = (() => split(Count(6), [1, 2, 3])[2], [3, 4, 5]),
        ["chunk"] = (() => chunk(Count(6), 3)[1], [2, 3]),
        ["unbind"] = (() => unbind(Count(2, 3), 1)[2], [2, 5]),
        ["concat"] = (() => concat([X(1), X(2)]), [1, 2]),
        ["hstack"] = (() => hstack([X(1), X(2)]), [1, 2]),
        ["vstack"] = (() => vstack([X(1), X(2)])[1], [2]),
        ["meshgrid"] = (() => meshgrid([X(1, 2), X(3, 4)])[0], [1, 1, 2, 2]),
        ["block_diag"] = (() => block_diag(X(1), X(2)), [1, 0, 0, 2]),
        ["diag_embed"] = (() => diag_embed(X(1, 2)), [1, 0, 0, 2]),
        ["diag above"] = (() => diag(Count(2, 2), 1), [1]),
        ["trace"] = (() => trace(Count(2, 2)), [3]),
        ["tril and triu"] = (() => tril(Count(2, 2), -1) + triu(Count(2, 2), 1), [0, 1, 2, 0]),
        ["inner"] = (() => inner(X(1, 2), X(3, 4)), [11]),
        ["addr"] = (() => zeros(2, 2, dtype: float64).addr(X(1, 2), X(3, 4), 1, 2), [6, 8, 12, 16]),
        ["addmv"] = (() => X(1, 1).addmv(Count(2, 2), X(1, 1), 10, 2), [12, 20]),

        ["take"] = (() => Count(2, 2).take(L(3, 0)), [3, 0]),
        ["nonzero"] = (() => nonzero(X(0, 5, 0, 7)), [1, 3]),
        ["index_fill"] = (() => X(1, 2, 3).index_fill(0, L(0, 2), 9), [9, 2, 9]),
        ["index_fill_"] = (() => X(1, 2, 3).index_fill_(0, L(0, 2), 9), [9, 2, 9]),
        ["index_add_"] = (() => X(1, 2, 3).index_add_(0, L(2), X(10), 2), [1, 2, 23]),
        ["index_copy_"] = (() => X(1, 2, 3).index_copy_(0, L(2), X(10)), [1, 2, 10]),
        ["index_put_ scalar"] = (() => X(1, 2, 3).index_put_(7, TensorIndex.Slice(1)), [1, 7, 7]),
        ["scatter_"] = (() => X(1, 2, 3).scatter_(0, L(2), X(10)), [1, 2, 10]),
        ["scatter_add_"] = (() => X(1, 2, 3).scatter_add_(0, L(2), X(10)), [1, 2, 13]),
        ["masked_fill_"] = (() => X(1, -2, 3).masked_fill_(X(1, -2, 3) < 0, 0), [1, 0, 3]),

        ["prod"] = (() => prod(Count(2, 2) + 1, 1), [2, 12]),
        ["var and std"] = (() =>
            stack([var(X(1, 3)), std(X(1, 3)), X(1, 3).var(0L, false), X(1, 3).std([0], false)]), [2, Math.Sqrt(2), 1, 1]),
        ["norm along"] = (() => norm(X(3, 4).view(1, 2), 1), [5]),
        ["norm of order"] = (() => norm(X(3, -4), 1f), [7]),
        ["dist"] = (() => dist(X(3, 4), X(0, 0)), [5]),
        ["median"] = (() => median(X(3, 1, 2)), [2]),
        ["any and all"] = (() => stack([any(X(0, 1) > 0), all(X(0, 1) > 0)]), [1, 0]),
        ["any and all along"] = (() => cat([any(Count(2, 2) > 1, 1), all(Count(2, 2) > 2, 1)]), [0, 1, 0, 0]),
        ["count_nonzero"] = (() => count_nonzero(X(0, 5, 7)), [2]),
        ["count_nonzero along"] = (() => count_nonzero(Count(2, 2), [0]), [1, 2]),
        ["cumprod"] = (() => X(1, 2, 3).cumprod(0), [1, 2, 6]),
        ["bincount"] = (() => bincount(L(0, 2, 2), minlength: 4), [1, 0, 2, 0]),
        ["argmax and argmin"] = (() => stack([argmax(X(1, 3, 2)), argmin(X(1, 3, 2))]), [1, 0]),
        ["amax and amin"] = (() => cat([Count(2, 2).amax(1), Count(2, 2).amin(0)]), [1, 3, 0, 1]),
        ["max and min of two"] = (() => stack([max(X(1), X(2)), min(X(1), X(2))]), [2, 1]),

        ["linspace"] = (() => linspace(0, 1, 3, dtype: float64), [0, 0.5, 1]),
        ["eye"] = (() => eye(1, 3, dtype: float64), [1, 0, 0]),
        ["full"] = (() => full([2], 3, dtype: float64), [3, 3]),
        ["full_like"] = (() => full_like(X(1, 2), 3), [3, 3]),
        ["ones_like and zeros_like"] = (() => ones_like(X(1)) + zeros_like(X(1)), [1]),
        ["empty"] = (() => empty(1, dtype: float64).fill_(2) + empty_like(X(1)).fill_(3), [5]),
        ["from_array"] = (() => from_array(new[,] { { 1.0, 2 }, { 3, 4 } })[1], [3, 4]),
        ["arange down"] = (() => arange(3, 0, -1), [3, 2, 1]),

        ["cond"] = (() => linalg.cond(diag(X(1, 4))), [4]),
        ["cond of order"] = (() => linalg.cond(diag(X(1, 4)), double.PositiveInfinity), [4]),
        ["slogdet"] = (() => linalg.slogdet(diag(X(-2, 1))).Item1, [-1]),
        ["det"] = (() => diag(X(2, 3)).det(), [6]),
        ["inverse"] = (() => diag(X(2, 4)).inverse(), [0.5, 0, 0, 0.25]),
        ["matrix_norm"] = (() => linalg.matrix_norm(Count(2, 2)), [Math.Sqrt(14)]),
        ["norm by name"] = (() => linalg.norm(diag(X(3, 4)), "nuc"), [7]),
        ["norm by integer"] = (() => linalg.norm(X(3, -4), 1), [7]),
        ["cholesky"] = (() => diag(X(4, 9)).cholesky(), [2, 0, 0, 3]),
        ["cholesky_solve"] = (() => cholesky_solve(X(8, 18).view(2, 1), diag(X(2, 3))), [2, 2]),
        ["lstsq with a cut"] = (() => linalg.lstsq(diag(X(2, 4)), X(2, 8).view(2, 1), 1e-12).Solution, [1, 2]),
    };

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => new(s_examples.Keys);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_has_the_expected_value(string name)
    {
        var (call, expected) = s_examples[name];
        var found = call().to(float64).contiguous().view(-1).data<double>().ToArray();
        Assert.Equal(expected, found, (left, right) => Math.Abs(left - right) <= 1e-13 * (1 + Math.Abs(left)));
    }

    private static Tensor X(params double[] values) => tensor(values);

    private static Tensor L(params long[] values) => tensor(values);

    private static Tensor Count(params long[] shape) => arange(shape.Aggregate(1L, (product, size) =>
        product * size), dtype: float64).view(shape);
}
