using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Curvature of samples fitted, or missed, by a wide margin.</summary>
public class MemorisedCurvatureTests
{
    /// <summary>
    /// One linear logit against a constant one: <c>ℓ = log(1 + e^{−m})</c>, so GGN = H = σ(m)σ(−m)·xxᵀ. Kills: diag(p) − ppᵀ multiplied out, which is
    /// nothing but rounding from m = 37 on.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(-25)]
    [InlineData(50)]
    [InlineData(200)]
    [InlineData(-200)]
    public void It_keeps_its_relative_accuracy(double margin)
    {
        using var scope = NewDisposeScope();
        var network = new Network(
            new ParameterLayout([("w", [2, 1])]), [new LinearOperation { Inputs = ["x"], Output = "z", Weight = "w" }], "z");
        var data = new DataSet("one", tensor(new[] { 1.0 }, [1, 1]), tensor(new long[] { 1 }));
        var landscape = new LossLandscape(network, new Loss(LossKind.CrossEntropy), data);
        using var ggn = landscape.GaussNewton(tensor(new[] { 0, margin }));
        using var fisher = landscape.Fisher(tensor(new[] { 0, margin }));
        using var empirical = landscape.Fisher(tensor(new[] { 0, margin }), FisherKind.Empirical);
        var probe = tensor(new[] { 0.0, 1 }, [1, 2]);
        var (low, high) = (1 / (1 + Math.Exp(margin)), 1 / (1 + Math.Exp(-margin)));
        foreach (var (actual, expected) in new[] { (ggn.Multiply(probe), low * high), (fisher.Multiply(probe), low * high), (empirical.Multiply(probe), low * low) })
        {
            Assert.Equal(1, actual[0, 1].ToDouble() / expected, 4 * Tolerances.AssumedNoise64);
            Assert.Equal(-1, actual[0, 0].ToDouble() / expected, 4 * Tolerances.AssumedNoise64);
        }
    }

    /// <summary>Kills: the excuse that it makes no difference.</summary>
    [Fact]
    public void Multiplied_out_the_same_product_is_lost()
    {
        using var scope = NewDisposeScope();
        var p = tensor(new[] { 0.0, 50 }).softmax(0);
        var w = tensor(new[] { 0.0, 1 });
        var product = (p * w - p * p.dot(w))[1].ToDouble();
        Assert.True(Math.Abs(product / Math.Exp(-50) - 1) > 0.5, $"{product}");
    }
}
