using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>One descent: a network, a loss, fresh batches, and a step size that falls linearly to zero.</summary>
/// <remarks>
/// At a constant step size weights keep jittering: the five norms of a trained 5 → 2 pentagon then differ by 1–3 %. Falling to
/// zero leaves 0.2 %.
/// </remarks>
/// <param name="Network">The architecture.</param>
/// <param name="Loss">Its loss; the mean over a batch is minimised.</param>
/// <param name="Steps">Number of steps, at least 1.</param>
/// <param name="BatchSize">Samples a step, at least 1.</param>
/// <param name="Rate">Step size of the first step.</param>
internal sealed record TrainingRun(Network Network, Loss Loss, int Steps, int BatchSize, double Rate = 5e-3)
{
    /// <summary>Trains in place.</summary>
    /// <param name="parameters"><c>[P]</c>, start and result.</param>
    /// <param name="batch">Draws inputs and targets of a given batch size.</param>
    /// <param name="progress">Receives fractions of this run.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    internal void Descend(
        double[] parameters, Func<int, (Tensor Inputs, Tensor Targets)> batch, IProgress<double>? progress, CancellationToken cancellation)
    {
        var optimizer = new AdamW(parameters.Length);
        for (var step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            optimizer.Step(parameters, Gradient(parameters, batch), Rate * (Steps - step) / Steps);
            if (step % 100 == 99)
                progress?.Report((step + 1.0) / Steps);
        }
    }

    private double[] Gradient(double[] parameters, Func<int, (Tensor Inputs, Tensor Targets)> batch)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = batch(BatchSize);
        var point = tensor(parameters).requires_grad_(true);
        var loss = Loss.PerSample(Network.Forward(point, inputs), targets).mean();
        return autograd.grad([loss], [point])[0].data<double>().ToArray();
    }
}
