using System.Text;

namespace Harness.Grading;

/// <summary>
/// Appends lines to a run record, each flushed to the disk before the next: a run that is killed loses at most the case in flight. Not thread-safe.
/// </summary>
public sealed class RunWriter : IDisposable
{
    private readonly FileStream _stream;

    private RunWriter(FileStream stream) => _stream = stream;

    /// <summary>Begins a record, with its folder.</summary>
    /// <exception cref="IOException">The file exists; records are never overwritten.</exception>
    public static RunWriter Create(string path, HeaderLine header)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(header);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        if (File.Exists(path))
            throw new IOException($"'{path}' exists; records are never overwritten. Choose another folder, or resume it.");
        var writer = new RunWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        writer.Append(header);
        return writer;
    }

    /// <summary>Continues a partial record after its last whole case; the footer of an interrupted run is taken away.</summary>
    /// <exception cref="InvalidDataException">The file is no run record, or it is complete already.</exception>
    public static RunWriter Resume(string path)
    {
        var record = RunRecord.Read(path);
        if (record.IsComplete)
            throw new InvalidDataException($"'{path}' is complete; there is nothing to resume.");
        var bytes = File.ReadAllBytes(path);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        if (record.Footer is not null)
            end = Array.LastIndexOf(bytes, (byte)'\n', end - 2) + 1;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        stream.SetLength(end);
        stream.Seek(0, SeekOrigin.End);
        return new RunWriter(stream);
    }

    /// <summary>Appends a line and flushes it to the disk.</summary>
    public void Append(RunLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        _stream.Write(Encoding.UTF8.GetBytes(RunJson.Write(line) + "\n"));
        _stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
