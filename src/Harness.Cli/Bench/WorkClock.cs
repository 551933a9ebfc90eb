using System.Diagnostics;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>
/// Times work. On one thread of the CPU it counts processor time, which other programs on the machine do not lengthen; otherwise wall time.
/// </summary>
/// <param name="device">Where the work is done.</param>
/// <param name="threads">Threads of one libtorch operation.</param>
internal sealed class WorkClock(string device, int threads)
{
    private readonly bool _countsProcessorTime = device == "cpu" && threads == 1;

    /// <summary>Time since some fixed moment.</summary>
    public TimeSpan Now() => _countsProcessorTime ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);

    /// <summary>Seconds that one of some repetitions takes, at least one microsecond. The work's tensors are released.</summary>
    public double Seconds(Func<Tensor> work, int repeats = 1)
    {
        using var scope = NewDisposeScope();
        var start = Now();
        for (var i = 0; i < repeats; i++)
        {
            using var result = work();
            // Reading one number waits for a GPU to finish.
            if (i == repeats - 1)
                result.reshape(-1)[0].ToDouble();
        }
        return Math.Max(1e-6, (Now() - start).TotalSeconds / repeats);
    }
}
