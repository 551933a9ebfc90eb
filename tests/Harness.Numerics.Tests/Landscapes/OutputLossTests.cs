using FsCheck.Xunit;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>The loss and its derivative by the outputs in closed form, against autograd through <see cref="Loss.PerSample"/>.</summary>
[Properties(MaxTest = 30, QuietOnSuccess = true)]
public class OutputLossTests
{
    /// <summary>Kills: softmax without its shift (overflow), the target's entry left at p, a factor of 2 lost, a loss measured from the wrong class, a loss's factor left out.</summary>
    [Property]
    public void Agrees_with_autograd(int seed, byte size, bool isSquared, bool isPlain)
    {
        using var scope = NewDisposeScope();
        var loss = new Loss(isSquared ? LossKind.MeanSquaredError : LossKind.CrossEntropy, 0, isPlain ? CrossEntropyForm.Plain : CrossEntropyForm.Margin) { Factor = 1 + size % 3 };
        var (outputs, targets) = Drawn((ulong)seed, isSquared, Math.Pow(10, size % 4 - 1));
        var (losses, gradients) = OutputLoss.PerSample(loss, outputs, targets);
        var leaf = outputs.clone().requires_grad_();
        var expected = loss.PerSample(leaf, targets);
        var slopes = autograd.grad([expected.sum()], [leaf])[0];
        Expect.Close(expected.detach(), losses, Limit(expected));
        Expect.Close(slopes, gradients, Limit(slopes));
    }

    /// <summary>
    /// On a sample that is known by heart, a margin of 45, 1 − p is below a unit roundoff. The closed form keeps its slope; softmax less one-hot, as it is
    /// usually written, says zero.
    /// </summary>
    [Fact]
    public void The_slope_of_a_memorised_sample_survives()
    {
        using var scope = NewDisposeScope();
        var (outputs, targets) = (tensor(new[,] { { 45.0, 0, 0 } }), tensor(new[] { 0L }));
        var expected = -2 * Math.Exp(-45) / (1 + 2 * Math.Exp(-45));
        var (losses, gradients) = OutputLoss.PerSample(new Loss(LossKind.CrossEntropy), outputs, targets);
        Assert.InRange(gradients[0, 0].ToDouble() / expected, 1 - Tolerances.SameProduct(Tolerances.AssumedNoise64), 1 + Tolerances.SameProduct(Tolerances.AssumedNoise64));
        Assert.InRange(losses[0].ToDouble() / -expected, 1 - Tolerances.SameProduct(Tolerances.AssumedNoise64), 1 + Tolerances.SameProduct(Tolerances.AssumedNoise64));
        Assert.Equal(0, (outputs.softmax(1)[0, 0] - 1).ToDouble());
    }

    private static (Tensor Outputs, Tensor Targets) Drawn(ulong seed, bool isSquared, double scale)
    {
        const int samples = 7, outputs = 5;
        var random = new RandomSource(seed, 21);
        var drawn = tensor(random.Gaussians(samples * outputs), [samples, outputs]) * scale;
        var targets = isSquared
            ? tensor(random.Gaussians(samples * outputs), [samples, outputs])
            : tensor(Enumerable.Range(0, samples).Select(_ => (long)random.NextInt32(outputs)).ToArray());
        return (drawn, targets);
    }

    private static double Limit(Tensor expected) => Tolerances.SameProduct(Tolerances.AssumedNoise64) * Math.Max(1, expected.detach().abs().max().ToDouble());
}
