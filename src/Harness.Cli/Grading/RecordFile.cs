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

    /// <summary>The cases that a resumed record has already.</summary>
    public IReadOnlyList<CaseLine> Earlier => _earlier;

    /// <summary>Appends one line and flushes it to the disk.</summary>
    public void Append(RunLine line) => _writer.Append(line);

    /// <summary>The folder that it lies in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Opens the record in a folder.</summary>
    /// <param name="folder">The folder; null: a new one under <c>results</c>, named after the time.</param>
    /// <param name="resume">Whether to go on with the record that is there.</param>
    /// <param name="header">The header of a record that is begun; what one that is gone on with must have been begun with.</param>
    /// <exception cref="UsageException">To resume, the folder must be named, and its record begun by the same command and version.</exception>
    /// <exception cref="IOException">To begin, the folder must not hold one: records are never overwritten. Or another process writes it.</exception>
    public static RecordFile Open(string? folder, bool resume, Func<HeaderLine> header)
    {
        if (resume && folder is null)
            throw new UsageException("--resume needs --out DIR: the folder of the record to go on with");
        folder ??= System.IO.Path.Combine("results", DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture));
        if (File.Exists(folder))
            throw new IOException($"--out {folder} is a file; give a folder for {RunRecord.FileName}");
        var path = System.IO.Path.Combine(folder, RunRecord.FileName);
        if (!resume || !RunWriter.IsBegun(path))
            return new RecordFile(path, RunWriter.Create(path, header()), []);
        var writer = RunWriter.Resume(path);
        try
        {
            var earlier = RunRecord.Read(path);
            CheckSame(path, earlier.Header, header());
            return new RecordFile(path, writer, earlier.Cases);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>A record of two different runs would call itself complete when only the second one is.</summary>
    private static void CheckSame(string path, HeaderLine begun, HeaderLine now)
    {
        if (!ShardMerge.Asked(begun.Command).SequenceEqual(ShardMerge.Asked(now.Command)) || begun.Shard != now.Shard)
            throw new UsageException(
                $"--resume: {path} was begun by 'harness {string.Join(' ', ShardMerge.Asked(begun.Command))}{Part(begun)}'; go on with the same arguments, or begin another record");
        if (begun.Tool != now.Tool)
            throw new UsageException(
                $"--resume: {path} was begun by version {begun.Tool.Version}+{begun.Tool.Commit}, this is {now.Tool.Version}+{now.Tool.Commit}; begin another record");
    }

    private static string Part(HeaderLine header) => header.Shard is { } shard ? $" --shard {shard.Index}/{shard.Count}" : "";

    /// <summary>Runs plans one after the other into the record.</summary>
    /// <returns>All cases, earlier ones included.</returns>
    public IReadOnlyList<CaseLine> Run(IReadOnlyList<GradePlan> plans, IProgress<double> progress, CancellationToken cancellation) =>
        GradeRun.Write(plans, _writer, _earlier, progress, cancellation);

    public void Dispose() => _writer.Dispose();
}
