using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>
/// Memory over many products on the reference networks: what native code has allocated and not freed, and the process's resident pages. Tensor counts do
/// not see what a retained graph or a native cache keeps. Alone in the process, because the memory of other tests would count.
/// </summary>
[Collection(nameof(Alone))]
public class MemoryTests(ITestOutputHelper output) : Scoped
{
    /// <summary>Products that fill the allocator's pools before anything is compared.</summary>
    private const int Before = 10;

    /// <summary>
    /// Most growth per product in vectors of P doubles, in the third of the run that grew least. Whoever keeps one tensor of a product keeps 1 in every third;
    /// the compiler and the collector move the sum by some MiB now and then, as much as a short run would keep, but not in each.
    /// </summary>
    private const double Kept = 0.6;

    private const int Parts = 3;

    [Theory]
    [InlineData("modular-addition-mlp", ScalarType.Float64, 60)]
    [InlineData("digit-pattern-cnn-80k", ScalarType.Float32, 24)]
    public void Products_keep_no_memory(string id, ScalarType dtype, int count) => Assert.InRange(Growth(id, dtype, count), double.NegativeInfinity, Kept);

    [OnDemandTheory]
    [InlineData("modular-addition-mlp", ScalarType.Float64)]
    [InlineData("digit-pattern-cnn-80k", ScalarType.Float32)]
    public void A_thousand_products_keep_no_memory(string id, ScalarType dtype) =>
        Assert.InRange(Growth(id, dtype, 1000), double.NegativeInfinity, Kept / 4);

    /// <summary>The mutant: every product is kept.</summary>
    [Fact]
    public void A_product_that_is_kept_is_seen()
    {
        using var hoarder = new Hoarder();
        Assert.True(Growth(hoarder, "hoarder", 400) > Kept);
    }

    private double Growth(string id, ScalarType dtype, int count)
    {
        var model = ToyModelCatalog.Create(id);
        using var hessian = new LossLandscape(model.Model.Network, model.Model.Loss, model.DataSets[0], new LandscapeOptions { DataType = dtype })
            .Hessian(model.Model.Parameters);
        return Growth(hessian, $"{id} {dtype}", count);
    }

    /// <summary>By how many vectors of P doubles native code holds more per product.</summary>
    private double Growth(ISymmetricOperator op, string name, int count)
    {
        var vector = tensor(new RandomSource(0).Gaussians(op.Dimension)).unsqueeze(0);
        Repeat(Before);
        var watch = Stopwatch.StartNew();
        List<(double Heap, double Resident)> held = [Memory()];
        for (var third = 0; third < Parts; third++)
        {
            Repeat(count / Parts);
            held.Add(Memory());
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, MiB before and after each third of {count} products: native heap {string.Join(", ", held.Select(one => $"{one.Heap:F2}"))}; resident {string.Join(", ", held.Select(one => $"{one.Resident:F1}"))}; {watch.Elapsed.TotalSeconds:F0} s"));
        return held.Zip(held.Skip(1), (before, after) => after.Heap - before.Heap).Min() * 1024 * 1024 / (8.0 * op.Dimension * (count / Parts));

        void Repeat(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var scope = NewDisposeScope();
                op.Multiply(vector);
            }
        }
    }

    /// <summary>MiB that native code holds, and MiB of the process in physical memory.</summary>
    private static (double Heap, double Resident) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var heap = MallInfo();
        return ((double)(heap.InUse + heap.Mapped) / (1024 * 1024), process.WorkingSet64 / (1024.0 * 1024));
    }

    private sealed class Hoarder : ISymmetricOperator, IDisposable
    {
        private readonly List<Tensor> _kept = [];

        public long Dimension => 22_843;

        public Tensor Multiply(Tensor block)
        {
            _kept.Add(block.clone().DetachFromDisposeScope());
            return _kept[^1].alias();
        }

        public void Dispose() => _kept.ForEach(tensor => tensor.Dispose());
    }

    /// <summary>glibc's account of all its arenas; large blocks are mapped one by one.</summary>
    [DllImport("libc", EntryPoint = "mallinfo2")]
    private static extern HeapAccount MallInfo();

    [StructLayout(LayoutKind.Sequential)]
    private struct HeapAccount
    {
        public nuint Arena, FreeChunks, FastChunks, MappedChunks, Mapped, Unused, FastFree, InUse, Free, Releasable;
    }
}

/// <summary>Tests that share the process with no other test.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
