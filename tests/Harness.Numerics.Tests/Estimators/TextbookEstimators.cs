using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Trace and diagonal by random probes, as textbooks have them, for small matrices; a flaw makes them mutants.</summary>
internal static class TextbookEstimators
{
    /// <summary>Hutch++: a third of the products each for the sketch, its range, and the rest.</summary>
    internal static EstimatedValue Trace(Tensor matrix, int products, ulong seed, EstimatorFlaw flaw)
    {
        using var scope = NewDisposeScope();
        var (random, count) = (new RandomSource(seed, 83), products / 3);
        var (sketch, _) = linalg.qr(matrix.matmul(Probes(matrix, count, random, EstimatorFlaw.None).transpose(0, 1)));
        var range = (sketch * matrix.matmul(sketch)).sum().ToDouble();
        var probes = Probes(matrix, count, random, flaw);
        if (flaw != EstimatorFlaw.SketchCountedTwice)
            probes = probes - probes.matmul(sketch).matmul(sketch.transpose(0, 1));
        var rest = Mean(Expect.Numbers((probes * probes.matmul(matrix)).sum(1)), flaw);
        return flaw == EstimatorFlaw.RestIgnored ? rest with { Value = range } : rest with { Value = range + rest.Value };
    }

    /// <summary>The mean of <c>z ∘ Az</c>, entry by entry.</summary>
    internal static EstimatedValue[] Diagonal(Tensor matrix, int count, ulong seed, EstimatorFlaw flaw)
    {
        using var scope = NewDisposeScope();
        var probes = Probes(matrix, count, new RandomSource(seed, 84), flaw);
        var samples = (probes * probes.matmul(matrix)).transpose(0, 1).contiguous();
        return [.. Enumerable.Range(0, (int)matrix.shape[0]).Select(i => Mean(Expect.Numbers(samples[i]), flaw))];
    }

    private static Tensor Probes(Tensor matrix, int count, RandomSource random, EstimatorFlaw flaw)
    {
        var gaussian = tensor(random.Gaussians(count * matrix.shape[0]), [count, matrix.shape[0]]);
        // Of unit mean square, so that the diagonal itself is right on average.
        return flaw == EstimatorFlaw.PositiveProbes ? gaussian.abs() : gaussian.sign();
    }

    private static EstimatedValue Mean(double[] samples, EstimatorFlaw flaw)
    {
        var mean = samples.Average();
        var spread = Math.Sqrt(samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Length - 1));
        var shown = flaw == EstimatorFlaw.OneProbeLess ? mean * samples.Length / (samples.Length - 1) : mean;
        return new EstimatedValue(shown, flaw == EstimatorFlaw.SpreadForError ? spread : spread / Math.Sqrt(samples.Length));
    }
}
