using System.Diagnostics;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>
/// Measures the Hessian products and a solve of one model. What is compared is measured in turn, so that a busy machine slows both.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="settings">Number format, device, seed.</param>
/// <param name="top">Eigenpairs of the solve.</param>
/// <param name="budget">About how long it may take.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class ModelBench(ToyModel model, ComputeSettings settings, int top, TimeSpan budget, CancellationToken cancellation)
{
    private const int LeastRounds = 5;
    private const int MostRounds = 41;
    private const int LeastMemoryProducts = 10;
    private const int MemoryProducts = 1000;
    private const long GemmSize = 512;

    /// <summary>Seconds; shorter work is repeated, so that the clock's steps and a pause of the collector do not count.</summary>
    private const double ShortestTiming = 0.01;

    private readonly WorkClock _clock = new(settings.Device, settings.Threads);

    private readonly Tensor _parameters = model.Model.Parameters;

    /// <summary>Runs all measurements.</summary>
    public BenchResult Run()
    {
        using var scope = NewDisposeScope();
        var data = model.DataSets[0];
        var landscape = Landscape(data);
        WarmUp();
        using var hessian = landscape.Hessian(_parameters);
        using var half = Landscape(EverySecond(data)).Hessian(_parameters);
        using var other = hessian.IsDifferentiated ? null : Landscape(data, alwaysDifferentiate: true).Hessian(_parameters);
        var vector = randn([1, landscape.Dimension], ScalarType.Float64);
        Tensor Product() => hessian.Multiply(vector);

        var rounds = Rounds(
            () => landscape.Gradient(_parameters), Product, () => half.Multiply(vector), other is null ? null : () => other.Multiply(vector));
        var product = Spread.Of(rounds.Select(round => round.Product)).Median;
        var timed = new TimedOperator(hessian, _clock.Now);
        var most = Math.Max(4 * top, (long)(budget.TotalSeconds * 0.4 / product));
        var request = new EigenRequest(top, Seed: settings.Seed) { ProofDimension = 0, HasValidity = false, MaxProducts = most };
        var start = _clock.Now();
        var pairs = new ThickRestartLanczos().Solve(timed, request, null, cancellation);
        var solve = _clock.Now() - start;
        var (count, growth) = MemoryGrowth(Product);
        return new BenchResult(
            model.Id, settings.Dtype, landscape.Dimension, data.Count,
            Spread.Of(rounds.Select(round => round.Product / round.Gradient)),
            other is null ? null : Spread.Of(rounds.Select(round => round.Differentiated / round.Product)), GemmShare(rounds, data),
            Spread.Of(rounds.Select(round => round.Product / round.Half)),
            top, pairs.Products, pairs.Split, pairs.Converged, pairs.Completeness, 1 - timed.Elapsed / solve, count, growth);
    }

    private LossLandscape Landscape(DataSet data, bool alwaysDifferentiate = false) => new(
        model.Model.Network, model.Model.Loss, data,
        new LandscapeOptions { DataType = settings.ScalarType, Device = settings.Device, AlwaysDifferentiate = alwaysDifferentiate });

    /// <summary>A first solve spends its time in the just-in-time compiler, whatever it solves.</summary>
    private void WarmUp()
    {
        using var scope = NewDisposeScope();
        new ThickRestartLanczos().Solve(new DenseOperator(diag(arange(1, 301, dtype: ScalarType.Float64))), new EigenRequest(top) { ProofDimension = 0 }, null, cancellation);
    }

    private static DataSet EverySecond(DataSet data)
    {
        var places = arange(0, Math.Max(1, data.Count / 2) * 2, 2, ScalarType.Int64);
        return new DataSet(
            data.Name, data.Inputs.index_select(0, places), data.Targets.index_select(0, places), data.Weights?.index_select(0, places));
    }

    private List<Round> Rounds(Func<Tensor> gradient, Func<Tensor> product, Func<Tensor> half, Func<Tensor>? differentiated)
    {
        var ones = torch.ones([GemmSize, GemmSize], dtype: settings.ScalarType, device: device(settings.Device));
        Func<Tensor>[] work = [gradient, product, half, () => ones.matmul(ones), .. differentiated is null ? [] : new[] { differentiated }];
        int[] repeats = [.. work.Select(one => Math.Max(_clock.Seconds(one), _clock.Seconds(one))).Select(time => 1 + (int)(ShortestTiming / time))];
        var watch = Stopwatch.StartNew();
        var rounds = new List<Round>();
        while (rounds.Count < LeastRounds || (rounds.Count < MostRounds && watch.Elapsed < budget * 0.35))
        {
            cancellation.ThrowIfCancellationRequested();
            double[] times = [.. work.Zip(repeats, _clock.Seconds)];
            rounds.Add(new Round(times[0], times[1], times[2], 2.0 * GemmSize * GemmSize * GemmSize / times[3], times[^1]));
        }
        return rounds;
    }

    private Spread GemmShare(List<Round> rounds, DataSet data)
    {
        var flops = data.Count * ProductCost.FlopsPerSample(model.Model.Network, _parameters, data.Inputs.narrow(0, 0, 1));
        return Spread.Of(rounds.Select(round => flops / round.Peak / round.Product));
    }

    /// <summary>After some products to fill the allocator's pools; as many as the budget allows.</summary>
    private (int Products, double GrowthMiB) MemoryGrowth(Func<Tensor> product)
    {
        for (var i = 0; i < LeastMemoryProducts; i++)
            _clock.Seconds(product);
        var (watch, before, count) = (Stopwatch.StartNew(), WorkingSetMiB(), 0);
        for (; count < MemoryProducts && (count < LeastMemoryProducts || watch.Elapsed < budget * 0.25); count++)
        {
            cancellation.ThrowIfCancellationRequested();
            _clock.Seconds(product);
        }
        return (count, WorkingSetMiB() - before);
    }

    private static double WorkingSetMiB()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024.0 * 1024);
    }

    private readonly record struct Round(double Gradient, double Product, double Half, double Peak, double Differentiated);
}
