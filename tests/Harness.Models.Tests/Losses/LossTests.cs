using FsCheck.Xunit;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models.Tests.Losses;

public class LossTests
{
    private static readonly Loss s_margin = new(LossKind.CrossEntropy);
    private static readonly Loss s_plain = new(LossKind.CrossEntropy, Form: CrossEntropyForm.Plain);

    /// <summary>
    /// The second derivative of the two-class loss along its margin is σ(m)σ(−m) to full relative accuracy, however badly or well the sample is
    /// classified. Kills libtorch's softplus (threshold 20 deletes the curvature at m = 25 and 200) and a form that overflows to NaN.
    /// </summary>
    [Theory]
    [InlineData(-650)]
    [InlineData(-200)]
    [InlineData(-25)]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(200)]
    [InlineData(650)]
    public void Margin_form_keeps_curvature_at_any_margin(double margin)
    {
        using var scope = NewDisposeScope();
        var m = tensor(new[] { margin }, requires_grad: true);
        var outputs = stack([zeros_like(m), m], 1);
        var loss = s_margin.PerSample(outputs, zeros(1, dtype: ScalarType.Int64)).sum();
        var gradient = autograd.grad([loss], [m], retain_graph: true, create_graph: true)[0];
        var curvature = autograd.grad([gradient.sum()], [m])[0].ToDouble();
        var exact = Math.Exp(-Math.Abs(margin)) / Math.Pow(1 + Math.Exp(-Math.Abs(margin)), 2);
        // Three roundings of exp and two divisions, each within 2 u of libm.
        Assert.InRange(curvature / exact, 1 - Tolerances.SameEntries, 1 + Tolerances.SameEntries);
    }

    /// <summary>Beyond the range of exp the loss is finite and exact to rounding, and nothing is NaN.</summary>
    [Theory]
    [InlineData(-5000, 0)]
    [InlineData(5000, 5000)]
    public void Extreme_margins_stay_finite(double margin, double expected)
    {
        using var scope = NewDisposeScope();
        var m = tensor(new[] { margin }, requires_grad: true);
        var loss = s_margin.PerSample(stack([zeros_like(m), m], 1), zeros(1, dtype: ScalarType.Int64)).sum();
        var gradient = autograd.grad([loss], [m], retain_graph: true, create_graph: true)[0];
        var curvature = autograd.grad([gradient.sum()], [m])[0].ToDouble();
        Assert.Equal(expected, loss.ToDouble(), 1e-9);
        Assert.True(double.IsFinite(gradient.ToDouble()) && double.IsFinite(curvature));
    }

    /// <summary>
    /// In float32 the plain form loses the gradient of a memorised sample (p_y − 1 cancels); the margin form keeps it. Kills a margin form that is the
    /// plain one under another name.
    /// </summary>
    [Fact]
    public void Margin_form_keeps_what_float32_cancellation_destroys()
    {
        using var scope = NewDisposeScope();
        double Gradient(Loss loss)
        {
            var outputs = tensor(new[] { 20f, 0f, -1f }).reshape(1, 3).requires_grad_();
            var value = loss.PerSample(outputs, zeros(1, dtype: ScalarType.Int64)).sum();
            return autograd.grad([value], [outputs])[0][0, 0].ToDouble();
        }
        var others = Math.Exp(-20) + Math.Exp(-21);
        var exact = -others / (1 + others);
        Assert.InRange(Gradient(s_margin) / exact, 0.9999, 1.0001);
        Assert.False(Math.Abs(Gradient(s_plain) / exact - 1) < 0.0001);
    }

    /// <summary>Both forms are the same function in float64: values agree to a few roundings of the largest logit.</summary>
    [Property]
    public bool Margin_and_plain_agree(ulong seed, byte classes, byte batch)
    {
        using var scope = NewDisposeScope();
        var (b, c) = (batch % 6 + 1, classes % 8 + 2);
        var source = new RandomSource(seed);
        var outputs = (tensor(source.Gaussians(b * c)) * 3).reshape(b, c);
        var targets = tensor(Enumerable.Range(0, b).Select(_ => (long)source.NextInt32(c)).ToArray());
        var difference = (s_margin.PerSample(outputs, targets) - s_plain.PerSample(outputs, targets)).abs().max().ToDouble();
        return difference <= 10 * Tolerances.SameEntries;
    }

    /// <summary>Sum over outputs and no ½: kills a mean over outputs, and a half.</summary>
    [Fact]
    public void Squared_error_is_summed_over_outputs_without_a_half()
    {
        using var scope = NewDisposeScope();
        var outputs = tensor(new[] { 1.0, 2, 3, 4 }).reshape(2, 2);
        var losses = new Loss(LossKind.MeanSquaredError).PerSample(outputs, zeros_like(outputs));
        Assert.Equal([5.0, 25.0], losses.data<double>().ToArray());
    }

    /// <summary>Kills: a factor on one kind of loss only, and one of 0 that makes every point a minimum.</summary>
    [Theory]
    [InlineData(LossKind.MeanSquaredError, CrossEntropyForm.Margin)]
    [InlineData(LossKind.CrossEntropy, CrossEntropyForm.Margin)]
    [InlineData(LossKind.CrossEntropy, CrossEntropyForm.Plain)]
    public void A_factor_multiplies_every_sample(LossKind kind, CrossEntropyForm form)
    {
        using var scope = NewDisposeScope();
        var outputs = tensor(new[] { 1.0, -2, 0.5, 3, 1, -1 }, [2, 3]);
        var targets = kind == LossKind.CrossEntropy ? tensor(new[] { 2L, 0 }) : zeros(2, 3, ScalarType.Float64);
        var loss = new Loss(kind, 0.5, form);
        var (plain, scaled) = (loss.PerSample(outputs, targets), (loss with { Factor = 4 }).PerSample(outputs, targets));
        Assert.True((plain * 4).Equals(scaled));
        Assert.All([0.0, -1, double.NaN, double.PositiveInfinity], factor => Assert.Throws<ArgumentOutOfRangeException>(() => loss with { Factor = factor }));
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => s_margin.PerSample(zeros(2, 3), zeros(2, 3)));
        Assert.Throws<ArgumentException>(() => s_margin.PerSample(zeros(2, 1), zeros(2, dtype: ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => new Loss(LossKind.MeanSquaredError).PerSample(zeros(2, 3), zeros(2, 2)));
    }
}
