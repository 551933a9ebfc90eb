using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>The measured peak of a square matrix product.</summary>
/// <param name="Device">Where.</param>
/// <param name="Dtype"><c>float64</c> or <c>float32</c>.</param>
/// <param name="Size">n of the <c>[n, n]·[n, n]</c> product.</param>
/// <param name="GigaflopsPerSecond">2n³ over the shortest of several times, in 10⁹ operations a second.</param>
/// <param name="IsCorrect">Whether the product of two matrices of ones was n everywhere, as it must be exactly.</param>
public sealed record GemmPeak(string Device, string Dtype, long Size, double GigaflopsPerSecond, bool IsCorrect)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    /// <summary>Multiplies for a quarter of a second, at least three times, after one product to warm up.</summary>
    internal static GemmPeak Measure(string device, ScalarType dtype, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        // The fastest products of a GPU are long over before the call's own overhead is.
        var size = device == "cpu" ? 512L : 8192L;
        var ones = torch.ones([size, size], dtype: dtype, device: torch.device(device));
        var (isCorrect, best, spent) = (true, TimeSpan.MaxValue, TimeSpan.Zero);
        for (var repeat = -1; repeat < 3 || spent < Budget; repeat++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var watch = Stopwatch.StartNew();
            var product = ones.matmul(ones);
            // Reading one entry waits for a GPU to finish.
            isCorrect &= product[0, size - 1].ToDouble() == size;
            var elapsed = watch.Elapsed;
            if (repeat < 0)
            {
                isCorrect &= product.sum().ToDouble() == (double)size * size * size;
                continue;
            }

            spent += elapsed;
            best = elapsed < best ? elapsed : best;
        }

        var operations = 2.0 * size * size * size;
        return new GemmPeak(device, dtype == ScalarType.Float64 ? "float64" : "float32", size, operations / best.TotalSeconds / 1e9, isCorrect);
    }
}
