using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>One descent: a network, a loss, fresh batches, and a step size that falls linearly to zero.</summary>
/// <remarks>
/// At a constant step size weights keep jittering: the five norms of a trained 5 → 2 pentagon then differ by 1–3 %. Falling to zero leaves 0.2 %.
/// A run that is ended early therefore spends another tenth of its steps on letting the step size fall.
/// </remarks>
/// <param name="Network">The architecture.</param>
/// <param name="Loss">Its loss; the mean over a batch, with its own weight decay, is minimised.</param>
/// <param name="Steps">Number of steps, at least 1.</param>
/// <param name="BatchSize">Samples a step, at least 1.</param>
/// <param name="Rate">Step size of the first step.</param>
internal sealed record TrainingRun(Network Network, Loss Loss, int Steps, int BatchSize, double Rate = 5e-3)
{
    /// <summary>The loss is flat when its means over two successive tenths of the run differ by less than this share.</summary>
    private const double FlatShare = 0.01;

    /// <summary>Decoupled weight decay of the optimiser; default 0.01.</summary>
    internal double DecoupledDecay { get; init; } = 0.01;

    /// <summary>Precision of forward and backward passes; the optimiser's state is always float64. Default: float64.</summary>
    internal ScalarType Precision { get; init; } = ScalarType.Float64;

    /// <summary>
    /// What is done to trained parameters to make them a model's. Where it is given, the run may end early: when the watch finds what it
    /// returns good at the end of a tenth of the run, and the loss is flat. Null: all steps are taken.
    /// </summary>
    internal Func<double[], double[]>? Finish { get; init; }

    /// <summary>Training stops after so many steps, as if it were interrupted: step sizes are those of the whole run. Null: it does not.</summary>
    internal int? StopAfter { get; init; }

    /// <summary>Trains in place.</summary>
    /// <param name="parameters"><c>[P]</c>, start and result.</param>
    /// <param name="batch">Draws inputs and targets of a given batch size.</param>
    /// <param name="watch">Told of progress and of the end; says whether the run may end early.</param>
    internal void Descend(double[] parameters, Func<int, (Tensor Inputs, Tensor Targets)> batch, TrainingWatch watch)
    {
        var optimizer = new AdamW(parameters.Length, DecoupledDecay);
        var tenth = Math.Max(1, Steps / 10);
        var (end, fallsFrom, sum, before) = (Steps, 0, 0.0, double.NaN);
        var start = Rate;
        for (var step = 0; step < Math.Min(end, StopAfter ?? end); step++)
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            var (loss, gradient) = Evaluate(parameters, batch);
            optimizer.Step(parameters, gradient, start * (end - step) / (end - fallsFrom));
            if (step % 100 == 99)
                watch.Report((step + 1.0) / end);
            sum += loss;
            if (step % tenth != tenth - 1)
                continue;
            var isFlat = Math.Abs(sum - before) <= FlatShare * Math.Abs(before);
            (before, sum) = (sum, 0);
            if (end < Steps || step + 1 + tenth >= Steps || Finish is null || !isFlat || !watch.IsGood(Finish([.. parameters])))
                continue;
            (start, fallsFrom, end) = (Rate * (Steps - step - 1) / Steps, step + 1, step + 1 + tenth);
        }
        watch.Ending = end < Steps
            ? FormattableString.Invariant($"ended after {end:N0} of {Steps:N0} steps: the bar was met and the loss flat to 1 % over {tenth:N0} steps")
            : FormattableString.Invariant($"all {Steps:N0} steps taken");
    }

    private (double Loss, double[] Gradient) Evaluate(double[] parameters, Func<int, (Tensor Inputs, Tensor Targets)> batch)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = batch(BatchSize);
        // A leaf per tensor: slices of one flat leaf would send every gradient through a scatter into a vector of length P.
        var leaves = Network.Layout.Split(tensor(parameters).to(Precision)).Select(part => part.clone().requires_grad_(true)).ToArray();
        var loss = Loss.PerSample(Network.Forward(leaves, inputs), targets).mean();
        var gradient = Network.Layout.Flatten([.. autograd.grad([loss], leaves)]).to(float64).data<double>().ToArray();
        for (var i = 0; Loss.WeightDecay != 0 && i < gradient.Length; i++)
            gradient[i] += Loss.WeightDecay * parameters[i];
        return (loss.ToDouble(), gradient);
    }
}
