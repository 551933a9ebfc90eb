using Harness.Numerics;

namespace Harness.ToyModels.Tests;

public class AdamWTests
{
    /// <summary>What is added to the root of the mean square: Adam's usual one.</summary>
    private const double Epsilon = 1e-8;

    /// <summary>
    /// Mutant: decay added to the gradient (Adam with an L2 term) would move a weight by the whole rate where the gradient is
    /// zero.
    /// </summary>
    [Fact]
    public void DecayIsDecoupledFromTheGradient()
    {
        var parameters = new[] { 2.0, -3.0 };
        new AdamW(2, weightDecay: 0.1).Step(parameters, [0, 0], rate: 0.01);
        Assert.Equal([2 * 0.999, -3 * 0.999], parameters.Select(value => Math.Round(value, 14)));
    }

    /// <summary>Mutant: moments without bias correction take a first step of 0.32 rates, or 3.2, instead of one.</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(50)]
    public void FirstStepHasTheLengthOfTheRate(double gradient)
    {
        var parameters = new[] { 0.0, 0.0 };
        new AdamW(2, weightDecay: 0).Step(parameters, [gradient, -gradient], rate: 0.01);
        var length = 0.01 * gradient / (gradient + Epsilon);
        Assert.Equal(-length, parameters[0], Tolerances.SameEntries);
        Assert.Equal(length, parameters[1], Tolerances.SameEntries);
    }

    /// <summary>
    /// Second step by hand: mean 0.9·0.1·1 + 0.1·3 over 1 − 0.81, square 0.999·0.001·1 + 0.001·9 over 1 − 0.999².
    /// </summary>
    [Fact]
    public void SecondStepWeighsBothGradients()
    {
        var parameters = new[] { 0.0 };
        var optimizer = new AdamW(1, weightDecay: 0);
        optimizer.Step(parameters, [1], rate: 1);
        optimizer.Step(parameters, [3], rate: 1);
        var second = (0.09 + 0.3) / 0.19 / (Math.Sqrt((0.000999 + 0.009) / 0.001999) + Epsilon);
        Assert.Equal(-1 / (1 + Epsilon) - second, parameters[0], Tolerances.SameEntries);
    }

    [Fact]
    public void WrongLengthsAreRefused() => Assert.Equal(
        "Expected 2 parameters and gradients, got 2 and 3.",
        Assert.Throws<ArgumentException>(() => new AdamW(2).Step([0, 0], [0, 0, 0], 0.1)).Message);
}
