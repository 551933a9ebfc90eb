namespace Harness.Architecture.Tests;

/// <summary>A file of the repository.</summary>
/// <param name="Path">Path from the root, with forward slashes.</param>
/// <param name="Text">Its text; empty for a file that is listed only.</param>
internal sealed record RepositoryFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];

    public bool IsSource => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProject => Path.EndsWith(".csproj", StringComparison.Ordinal);

    public bool IsStandIn => Path.StartsWith("src/StandIns/", StringComparison.Ordinal);

    /// <summary>Whether it belongs to what is shipped, stand-ins left out.</summary>
    public bool IsProduct => (Path.StartsWith("src/", StringComparison.Ordinal) || Path.StartsWith("toymodels/", StringComparison.Ordinal)) && !IsStandIn;

    public string[] Lines => Text.TrimEnd('\n').Split('\n');
}
