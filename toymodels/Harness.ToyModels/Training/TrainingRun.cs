using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>One descent: a network, a loss, fresh batches, and a step size that falls linearly to zero.</summary>
/// <remarks>
/// At a constant step size weights keep jittering: the five norms of a trained 5 → 2 pentagon then differ by 1–3 %. Falling to zero leaves 0.2 %.
/// </remarks>
/// <param name="Network">The architecture.</param>
/// <param name="Loss">Its loss; the mean over a batch, with its own weight decay, is minimised.</param>
/// <param name="Steps">Number of steps, at least 1.</param>
/// <param name="BatchSize">Samples a step, at least 1.</param>
/// <param name="Rate">Step size of the first step.</param>
internal sealed record TrainingRun(Network Network, Loss Loss, int Steps, int BatchSize, double Rate = 5e-3)
{
    /// <summary>Decoupled weight decay of the optimiser; default 0.01.</summary>
    internal double DecoupledDecay { get; init; } = 0.01;

    /// <summary>Precision of forward and backward passes; the optimiser's state is always float64. Default: float64.</summary>
    internal ScalarType Precision { get; init; } = ScalarType.Float64;

    /// <summary>Trains in place.</summary>
    /// <param name="parameters"><c>[P]</c>, start and result.</param>
    /// <param name="batch">Draws inputs and targets of a given batch size.</param>
    /// <param name="progress">Receives fractions of this run.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    internal void Descend(
        double[] parameters, Func<int, (Tensor Inputs, Tensor Targets)> batch, IProgress<double>? progress, CancellationToken cancellation)
    {
        var optimizer = new AdamW(parameters.Length, DecoupledDecay);
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
        // A leaf per tensor: slices of one flat leaf would send every gradient through a scatter into a vector of length P.
        var leaves = Network.Layout.Split(tensor(parameters).to(Precision)).Select(part => part.clone().requires_grad_(true)).ToArray();
        var loss = Loss.PerSample(Network.Forward(leaves, inputs), targets).mean();
        var gradient = Network.Layout.Flatten([.. autograd.grad([loss], leaves)]).to(float64).data<double>().ToArray();
        for (var i = 0; Loss.WeightDecay != 0 && i < gradient.Length; i++)
            gradient[i] += Loss.WeightDecay * parameters[i];
        return gradient;
    }
}
