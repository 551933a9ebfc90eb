using Harness.Models;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>
/// Trains a superposition model: tied from random weights; untied by copying the tied solution and fine-tuning it, because untied weights trained
/// from random ones end in bad minima (9 of 10 seeds at 3–10 times the good loss).
/// </summary>
internal static class SuperpositionTraining
{
    /// <summary>θ* <c>[P]</c> of one attempt.</summary>
    internal static Tensor Train(SuperpositionSpec spec, ulong seed, int attempt, TrainingWatch watch)
    {
        RandomSource Stream(string purpose) => RandomSource.Named(seed, $"{spec.Id}/attempt {attempt}/{purpose}");
        var schedule = spec.Schedule;
        var tied = spec with { IsTied = true, HasIdentity = false };
        var parameters = Initial(tied, Stream("weights"));
        double[] Finish(double[] trained)
        {
            for (var feature = 1; feature <= spec.Features; feature++)
                trained[^feature] += spec.BiasShift;
            return spec.HasIdentity ? WithIdentity(spec, trained) : trained;
        }

        Descend(tied, parameters, schedule.TiedSteps, schedule.TiedBatch, Stream("tied batches"), spec.IsTied ? Finish : null, watch);
        if (!spec.IsTied)
        {
            parameters = Untie(spec, parameters);
            Descend(spec, parameters, schedule.UntiedSteps, schedule.UntiedBatch, Stream("untied batches"), Finish, watch);
        }
        return tensor(Finish(parameters));
    }

    private static void Descend(
        SuperpositionSpec spec, double[] parameters, int steps, int batch, RandomSource random,
        Func<double[], double[]>? finish, TrainingWatch watch)
    {
        var run = new TrainingRun(Superposition.Architecture(spec), new Loss(LossKind.MeanSquaredError), steps, batch) { Finish = finish };
        run.Descend(
            parameters,
            size =>
            {
                var inputs = SparseFeatures.Sample(random, size, spec.Features);
                return (inputs, inputs);
            },
            watch);
    }

    /// <summary>W is <c>N(0, 1/h)</c>, b is 0.</summary>
    private static double[] Initial(SuperpositionSpec spec, RandomSource random) =>
        [.. random.Gaussians(spec.Hidden * spec.Features).Select(value => value / Math.Sqrt(spec.Hidden)), .. new double[spec.Features]];

    /// <summary>W, the identity, b.</summary>
    private static double[] WithIdentity(SuperpositionSpec spec, double[] tied)
    {
        var identity = Enumerable.Range(0, spec.Hidden * spec.Hidden).Select(entry => entry % (spec.Hidden + 1) == 0 ? 1.0 : 0);
        return [.. tied.SkipLast(spec.Features), .. identity, .. tied.TakeLast(spec.Features)];
    }

    /// <summary><c>W_enc = W</c>, <c>W_dec = Wᵀ</c>, the same biases.</summary>
    private static double[] Untie(SuperpositionSpec spec, double[] tied)
    {
        var (n, h) = (spec.Features, spec.Hidden);
        var decoder = Enumerable.Range(0, n * h).Select(entry => tied[entry % h * n + entry / h]);
        return [.. tied.Take(h * n), .. decoder, .. tied.Skip(h * n)];
    }
}
