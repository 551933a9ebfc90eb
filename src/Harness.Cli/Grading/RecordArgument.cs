using Harness.Grading;

namespace Harness.Cli;

/// <summary>A run as it is named on a command line: its folder, or a file.</summary>
internal static class RecordArgument
{
    /// <summary>The record.</summary>
    /// <exception cref="InvalidDataException">It is no run record.</exception>
    /// <exception cref="IOException">It cannot be read, or there is none.</exception>
    public static RunRecord Read(string path) => RunRecord.Read(Directory.Exists(path) ? Path.Combine(path, RunRecord.FileName) : path);
}
