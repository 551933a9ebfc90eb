using System.Globalization;
using Harness.Grading;

namespace Harness.Cli;

/// <summary>The record of one run: begun, or gone on with.</summary>
internal sealed class RecordFile : IDisposable
{
    private readonly RunWriter _writer;
    private readonly IReadOnlyList<CaseLine> _earlier;

    private RecordFile(string path, RunWriter writer, IReadOnlyList<CaseLine> earlier) => (Path, _writer, _earlier) = (path, writer, earlier);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The folder that it lies in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Opens the record in a folder.</summary>
    /// <param name="folder">The folder; null: a new one under <c>results</c>, named after the time.</param>
    /// <param name="resume">Whether to go on with the record that is there.</param>
    /// <param name="header">Made only when a record is begun.</param>
    /// <exception cref="UsageException">To resume, the folder must be named and hold a record.</exception>
    /// <exception cref="IOException">To begin, the folder must not hold one: records are never overwritten.</exception>
    public static RecordFile Open(string? folder, bool resume, Func<HeaderLine> header)
    {
        if (resume && folder is null)
            throw new UsageException("--resume needs --out DIR: the folder of the record to go on with");
        folder ??= System.IO.Path.Combine("results", DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture));
        if (File.Exists(folder))
            throw new IOException($"--out {folder} is a file; give a folder for {RunRecord.FileName}");
        var path = System.IO.Path.Combine(folder, RunRecord.FileName);
        if (!resume || !File.Exists(path))
            return new RecordFile(path, RunWriter.Create(path, header()), []);
        var earlier = RunRecord.Read(path);
        return new RecordFile(path, RunWriter.Resume(path), earlier.Cases);
    }

    /// <summary>Runs plans one after the other into the record.</summary>
    /// <returns>All cases, earlier ones included.</returns>
    public IReadOnlyList<CaseLine> Run(IReadOnlyList<GradePlan> plans, IProgress<double> progress, CancellationToken cancellation) =>
        GradeRun.Write(plans, _writer, _earlier, progress, cancellation);

    public void Dispose() => _writer.Dispose();
}
