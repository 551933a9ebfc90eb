using System.Diagnostics;

namespace Harness.Grading;

/// <summary>Largest resident memory of this process since a reset (Linux), or since its start (elsewhere).</summary>
internal static class MemoryMeter
{
    /// <summary>Begins a new measurement, where the system lets it.</summary>
    internal static void Reset()
    {
        try
        {
            // Linux: 5 sets the high-water mark of the resident set back to its present size.
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without it the mark stands since the start of the process: an upper bound.
        }
    }

    internal static double PeakMiB()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024.0 * 1024.0);
    }
}
