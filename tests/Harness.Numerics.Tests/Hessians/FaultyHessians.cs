using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics.Tests;

/// <summary>Faulty Hessians: right matrices of the batches, combined or applied wrongly.</summary>
internal static class FaultyHessians
{
    internal static HessianFactory With(HessianFlaw flaw) => (problem, batch, precision) => flaw switch
    {
        HessianFlaw.None => new Applied(Mean(problem, batch), precision),
        HessianFlaw.UnweightedBatchMean => new Applied(Mean(problem, batch, 1.0 / Count(problem, batch)), precision),
        HessianFlaw.LastBatchDropped => new Applied(Mean(WholeBatches(problem, batch), batch), precision),
        HessianFlaw.SilentFloat32 => new Narrow(Mean(problem, batch)),
        HessianFlaw.Float32Accumulation => new Accumulating(problem, batch),
        HessianFlaw.SumInsteadOfMean => new Applied(Mean(problem, batch) * problem.Data.Count, precision),
        HessianFlaw.MissingHalf => new Applied(Mean(problem, batch) * 2, precision),
        HessianFlaw.WrongOffset => new Applied(Mean(problem, batch).index_select(1, Exchanged(problem)), precision),
        HessianFlaw.SlotsExchanged => new Applied(Mean(problem, batch).index_select(1, Exchanged(problem)).index_select(0, Exchanged(problem)), precision),
        HessianFlaw.TrainMode => new Applied(Mean(problem, batch, normalised: true), precision),
        HessianFlaw.Dropout => new Dropping(Mean(problem, batch)),
        HessianFlaw.WeightsIgnored => new Applied(Mean(Unweighted(problem), batch), precision),
        HessianFlaw.DecayPerBatch => new Applied(Mean(problem, batch) + Identity(problem) * (problem.Loss.WeightDecay * (Count(problem, batch) - 1)), precision),
        HessianFlaw.GaussNewton => new Applied(GaussNewton(problem), precision),
        HessianFlaw.DiagonalOnly => new Applied(Mean(problem, batch).diagonal(0, 0, 1).diag(), precision),
        HessianFlaw.Rounded => new Coarse(Mean(problem, batch)),
        HessianFlaw.HiddenConstant => new Offset(Mean(problem, batch)),
        _ => throw new ArgumentOutOfRangeException(nameof(flaw)),
    };

    /// <summary>The weighted mean over batches, <c>[P, P]</c>; the shares may be wrong, and so may a batch's inputs.</summary>
    private static Tensor Mean(Problem problem, long batch, double? share = null, bool normalised = false)
    {
        using var scope = NewDisposeScope();
        var total = zeros(problem.Dimension, problem.Dimension, ScalarType.Float64);
        foreach (var part in Batches(problem, batch))
            total.add_(Matrix(normalised ? Normalised(part) : part) * (share ?? Share(problem, part)));
        return total.MoveToOuterDisposeScope();
    }

    private static Tensor Matrix(Problem problem)
    {
        using var hessian = problem.Landscape().Hessian(problem.Parameters);
        return hessian.Multiply(Identity(problem));
    }

    private static Tensor GaussNewton(Problem problem)
    {
        using var ggn = problem.Landscape().GaussNewton(problem.Parameters);
        return ggn.Multiply(Identity(problem));
    }

    private static Tensor Identity(Problem problem) => eye(problem.Dimension, problem.Dimension, ScalarType.Float64);

    private static double Share(Problem problem, Problem part) => Weight(part) / Weight(problem);

    private static double Weight(Problem problem) => problem.Data.Weights?.sum().ToDouble() ?? problem.Data.Count;

    private static long Count(Problem problem, long batch) => (problem.Data.Count + batch - 1) / batch;

    private static Problem WholeBatches(Problem problem, long batch) =>
        problem.Data.Count < batch ? problem : Part(problem, 0, problem.Data.Count - problem.Data.Count % batch);

    private static Problem Unweighted(Problem problem) => problem with { Data = new(problem.Data.Name, problem.Data.Inputs, problem.Data.Targets) };

    private static Problem Normalised(Problem part)
    {
        if (!part.Data.Inputs.is_floating_point())
            return part;
        var mean = part.Data.Inputs.mean([0L], true);
        var spread = (part.Data.Inputs - mean).square().mean([0L], true).sqrt() + 1;
        return part with { Data = new(part.Data.Name, (part.Data.Inputs - mean) / spread, part.Data.Targets, part.Data.Weights) };
    }

    private static IEnumerable<Problem> Batches(Problem problem, long batch) => Enumerable.Range(0, (int)Count(problem, batch))
        .Select(i => Part(problem, i * batch, Math.Min(batch, problem.Data.Count - i * batch)));

    private static Problem Part(Problem problem, long start, long length) => problem with
    {
        Data = new(
            "part", problem.Data.Inputs.narrow(0, start, length), problem.Data.Targets.narrow(0, start, length),
            problem.Data.Weights?.narrow(0, start, length)),
    };

    private static Tensor Exchanged(Problem problem)
    {
        var (first, second) = ((int)problem.Network.Layout[0].Length, (int)problem.Network.Layout[1].Length);
        long[] order = [.. Enumerable.Range(0, (int)problem.Dimension).Select(i => (long)i)];
        return tensor((long[])[.. order.Skip(first).Take(second), .. order.Take(first), .. order.Skip(first + second)]);
    }

    /// <summary>Multiplies by a matrix, symmetric or not; in float32 if asked, and then with a float64 reference.</summary>
    private class Applied(Tensor matrix, ScalarType precision) : ISymmetricOperator
    {
        public long Dimension => matrix.shape[0];

        public ISymmetricOperator Reference => precision == ScalarType.Float64 ? this : new Applied(matrix, ScalarType.Float64);

        public virtual Tensor Multiply(Tensor block) => block.to(precision).matmul(matrix.to(precision)).to(ScalarType.Float64);
    }

    private sealed class Narrow(Tensor matrix) : Applied(matrix, ScalarType.Float64)
    {
        public override Tensor Multiply(Tensor block) => base.Multiply(block).to(ScalarType.Float32).to(ScalarType.Float64);
    }

    private sealed class Offset(Tensor matrix) : Applied(matrix, ScalarType.Float64)
    {
        public override Tensor Multiply(Tensor block) => base.Multiply(block) + Tolerances.UnitRoundoff64;
    }

    private sealed class Dropping(Tensor matrix) : Applied(matrix, ScalarType.Float64)
    {
        private int _calls;

        public override Tensor Multiply(Tensor block)
        {
            var kept = tensor(new RandomSource((ulong)_calls++, 71).Gaussians(block.shape[1])).abs() > 0.1;
            return base.Multiply(block) * kept.to(ScalarType.Float64);
        }
    }

    /// <summary>Right float32 products of the batches, summed in float32; honest about its precision.</summary>
    private sealed class Accumulating(Problem problem, long batch) : ISymmetricOperator, IDisposable
    {
        private readonly (double Share, HessianOperator Hessian)[] _parts =
            [.. Batches(problem, batch).Select(part => (Share(problem, part), part.Landscape(batch, ScalarType.Float32).Hessian(problem.Parameters)))];

        public long Dimension => problem.Dimension;

        public ISymmetricOperator Reference { get; } = new Applied(Mean(problem, 4096), ScalarType.Float64);

        public Tensor Multiply(Tensor block)
        {
            using var scope = NewDisposeScope();
            var total = zeros(block.shape[0], Dimension, ScalarType.Float32);
            foreach (var (share, hessian) in _parts)
                total.add_((hessian.Multiply(block) * share).to(ScalarType.Float32));
            return total.to(ScalarType.Float64).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
            foreach (var (_, hessian) in _parts)
                hessian.Dispose();
        }
    }

    private sealed class Coarse(Tensor matrix) : ISymmetricOperator
    {
        public long Dimension => matrix.shape[0];

        public ISymmetricOperator Reference { get; } = new Applied(matrix, ScalarType.Float64);

        public Tensor Multiply(Tensor block) => Round(block).matmul(Round(matrix)).to(ScalarType.Float64);

        private static Tensor Round(Tensor factor) => factor.to(ScalarType.BFloat16).to(ScalarType.Float32);
    }
}
