namespace Harness.StandIns.Tests.Verify;

/// <summary>A folder of its own for every test that makes a snapshot fail.</summary>
internal sealed class SnapshotFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("snapshots-").FullName;

    public IEnumerable<string> Files => Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public string this[string name]
    {
        get => File.ReadAllText(System.IO.Path.Combine(Path, name));
        set => File.WriteAllText(System.IO.Path.Combine(Path, name), value);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
