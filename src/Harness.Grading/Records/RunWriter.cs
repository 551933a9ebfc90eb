using System.Text;

namespace Harness.Grading;

/// <summary>
/// Appends lines to a run record, each flushed to the disk before the next: a run that is killed loses at most the case in flight. Not thread-safe.
/// </summary>
public sealed class RunWriter : IDisposable
{
    private readonly FileStream _stream;
    private readonly FileStream _claim;

    private RunWriter(FileStream stream, FileStream claim) => (_stream, _claim) = (stream, claim);

    /// <summary>Begins a record, with its folder.</summary>
    /// <exception cref="IOException">The file holds a record (records are never overwritten), or another process writes it.</exception>
    public static RunWriter Create(string path, HeaderLine header)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(header);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        if (IsBegun(path))
            throw new IOException($"'{path}' exists; records are never overwritten. Choose another folder, or resume it.");
        var claim = Claim(path);
        try
        {
            var writer = new RunWriter(Open(path, FileMode.Create), claim);
            writer.Append(header);
            return writer;
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file holds a record, if only its header; one that was killed before it was written does not.</summary>
    public static bool IsBegun(string path) => File.Exists(path) && File.ReadAllBytes(path).Contains((byte)'\n');

    /// <summary>Continues a partial record after its last whole case; the footer of an interrupted run is taken away.</summary>
    /// <exception cref="InvalidDataException">The file is no run record, or it is complete already.</exception>
    /// <exception cref="IOException">Another process writes it.</exception>
    public static RunWriter Resume(string path)
    {
        var claim = Claim(path);
        try
        {
            return new RunWriter(Cut(path), claim);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    private static FileStream Cut(string path)
    {
        var record = RunRecord.Read(path);
        if (record.HasEnded)
            throw new InvalidDataException($"'{path}' is complete; there is nothing to resume.");
        var bytes = File.ReadAllBytes(path);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        if (record.Footer is not null)
            end = Array.LastIndexOf(bytes, (byte)'\n', end - 2) + 1;
        var stream = Open(path, FileMode.Open);
        stream.SetLength(end);
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }

    /// <summary>Appends a line and flushes it to the disk.</summary>
    public void Append(RunLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var start = _stream.Position;
        try
        {
            _stream.Write(Encoding.UTF8.GetBytes(RunJson.Write(line) + "\n"));
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // A full disk takes a part of a line; what is written next must not be glued to it.
            _stream.SetLength(start);
            _stream.Seek(start, SeekOrigin.Begin);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _claim.Dispose();
    }

    /// <summary>Without a buffer: nothing is left to be written after a failure.</summary>
    private static FileStream Open(string path, FileMode mode) => new(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>A file beside the record that one process can hold open; the system lets go of it when the process ends, however it does.</summary>
    private static FileStream Claim(string path)
    {
        var file = path + ".lock";
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (File.Exists(file))
        {
            throw new IOException($"'{path}' is being written by another process; wait for it, or choose another folder.", exception);
        }
    }
}
