using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Trains a chunked network to a minimum, not only to a low loss: L-BFGS on all p² pairs, float64. Each block's embedding and unembedding start as the exact
/// circle of its frequency, so that the task is divided among the blocks from the beginning.
/// </summary>
internal static class ModularAdditionChunkedTraining
{
    private const int MostIterations = 20_000;

    /// <summary>θ* <c>[P]</c> of one attempt.</summary>
    internal static Tensor Train(ModularAdditionChunkedSpec spec, ulong seed, int attempt, TrainingWatch watch)
    {
        using var scope = NewDisposeScope();
        var landscape = new LossLandscape(
            ModularAdditionChunkedNetwork.Architecture(spec), ModularAdditionChunked.Loss, AllPairs.Of(spec.Modulus));
        (double, double[]) Evaluate(double[] point)
        {
            using var inner = NewDisposeScope();
            var (value, gradient) = landscape.ValueAndGradient(tensor(point));
            return (value, gradient.data<double>().ToArray());
        }

        var start = Initial(spec, spec.Frequencies(seed), RandomSource.Named(seed, $"{spec.Id}/attempt {attempt}/weights"));
        var solver = new LBfgs(new LBfgsOptions(spec.GradientTolerance, MostIterations));
        var result = solver.Minimise(Evaluate, start, new Descent(watch, spec.GradientTolerance), watch.Cancellation);
        watch.Ending = FormattableString.Invariant(
            $"{(result.IsConverged ? "converged" : result.End.ToString())} after {result.Iterations:N0} steps of L-BFGS, gradient norm {result.GradientNorm:G2}");
        return tensor(result.Point).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Embeddings and unembeddings on the unit circle of each block's frequency; the hidden layers <c>N(0, 1/fan_in)</c>. (With random unembeddings
    /// twice as many runs starve a block.)
    /// </summary>
    internal static double[] Initial(ModularAdditionChunkedSpec spec, IReadOnlyList<int> frequencies, RandomSource random)
    {
        const int width = ModularAdditionChunkedSpec.Blocks * ModularAdditionChunkedSpec.Width;
        var layout = ModularAdditionChunkedNetwork.Layout(spec);
        double[] Gaussians(string tensor, int inputs) => [.. random.Gaussians(layout[tensor].Length).Select(value => value / Math.Sqrt(inputs))];
        var circles = new double[layout["e"].Length];
        for (var a = 0; a < spec.Modulus; a++)
            for (var block = 0; block < frequencies.Count; block++)
                (circles[a * width + 2 * block + 1], circles[a * width + 2 * block]) =
                    Math.SinCos(2 * Math.PI * (frequencies[block] * a % spec.Modulus) / spec.Modulus);
        return [.. circles, .. Gaussians("w1", ModularAdditionChunkedSpec.Width), .. Gaussians("w2", ModularAdditionChunkedSpec.Hidden), .. circles];
    }

    /// <summary>Turns gradient norms into the fraction of the way, in decades, to the tolerance.</summary>
    private sealed class Descent(TrainingWatch watch, double tolerance) : IProgress<double>
    {
        private double? _first;
        private int _steps;

        public void Report(double value)
        {
            _first ??= value;
            if (++_steps % 50 == 0)
                watch.Report(Math.Clamp(Math.Log(_first.Value / value) / Math.Log(_first.Value / tolerance), 0, 1));
        }
    }
}
