using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Methods;

/// <summary>
/// What the outputs on a data set depend on at first order: gradients <c>∇_θ⟨c, f(x; θ)⟩</c> of random probes c of the outputs, sample by sample, and the
/// directions in parameter space that they span (methods.md M2, the Jacobian complement).
/// </summary>
internal static class ProbeGradients
{
    /// <summary>
    /// How many samples and probes of each give enough gradients for q leading directions: half again as many as q, or a quarter where there are no more
    /// samples to take them from.
    /// </summary>
    /// <param name="count">q.</param>
    /// <param name="available">Samples of the data set.</param>
    internal static (int Samples, int Probes) Enough(int count, long available)
    {
        var samples = (int)Math.Min(available, Math.Clamp(count / 2, HessianSteeringOptions.FewestProbedSamples, HessianSteeringOptions.MostProbedSamples));
        return (samples, Math.Max(HessianSteeringOptions.ProbesPerSample, (count + count / 4 + samples - 1) / samples));
    }

    /// <summary>Gradients <c>[samples · probes, P]</c> float64, one row for each sample and Gaussian probe.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples; the first ones are used.</param>
    /// <param name="samples">Most of them.</param>
    /// <param name="probes">Per sample.</param>
    /// <param name="dtype">Precision of the gradients.</param>
    /// <param name="context">Seed, device, progress, cancellation.</param>
    internal static Tensor Rows(Model model, DataSet data, int samples, int probes, ScalarType dtype, MethodContext context)
    {
        using var scope = NewDisposeScope();
        var count = (int)Math.Min(data.Count, samples);
        var random = RandomSource.Named(context.Seed, $"probes of {data.Name}");
        var rows = zeros([(long)count * probes, model.Network.Layout.Length], dtype: ScalarType.Float64);
        var options = new LandscapeOptions(BatchSize: 1, DataType: dtype, Device: context.Device);
        for (var sample = 0; sample < count; sample++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var one = new DataSet(data.Name, data.Inputs.narrow(0, sample, 1), data.Targets.narrow(0, sample, 1));
            using var jacobian = new LossLandscape(model.Network, model.Loss, one, options).Jacobian(model.Parameters);
            var probe = tensor(random.Gaussians(probes * jacobian.OutputCount), [probes, 1, jacobian.OutputCount]);
            rows.narrow(0, (long)sample * probes, probes).copy_(jacobian.MultiplyTranspose(probe));
            context.Progress?.Report((sample + 1.0) / count);
        }
        return rows.MoveToOuterDisposeScope();
    }

    /// <summary>The span of the top <paramref name="count"/> right singular vectors of <paramref name="rows"/> <c>[m, P]</c>; fewer where the rank is lower.</summary>
    /// <remarks>
    /// Through the Gram matrix <c>[m, m]</c>, which squares the condition: what is below <see cref="Tolerances.GramRank"/> is dropped.
    /// What is kept is nearly orthonormal, and made so by one Cholesky factorisation, whose error is u times a condition near 1: products of matrices
    /// throughout, ten times as fast as Householder's reflections on rows this long.
    /// </remarks>
    internal static DenseSubspace TopRightVectors(Tensor rows, int count)
    {
        using var scope = NewDisposeScope();
        if (count == 0 || rows.shape[0] == 0)
            return (DenseSubspace)new DenseSubspace(zeros([0, rows.shape[1]], dtype: ScalarType.Float64)).MoveToOuterDisposeScope();
        var (values, vectors) = linalg.eigh(rows.matmul(rows.t()));
        var squares = values.flip(0).contiguous().data<double>().ToArray();
        var floor = squares[0] * Tolerances.GramRank(rows.shape[0]);
        var kept = squares.Take(count).Count(square => square > floor);
        var right = vectors.flip(1).narrow(1, 0, kept).t().matmul(rows);
        right /= right.norm(1, true);
        var orthonormal = linalg.inv(linalg.cholesky(right.matmul(right.t()))).matmul(right);
        return (DenseSubspace)new DenseSubspace(orthonormal).MoveToOuterDisposeScope();
    }
}
