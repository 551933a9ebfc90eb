namespace Harness.Architecture.Tests;

/// <summary>The sources of this checkout, without what builds leave behind.</summary>
internal static class Repository
{
    private static readonly string[] s_ignored = ["bin", "obj", ".git", ".harness", ".vs", "TestResults", "results"];
    private static readonly string[] s_read = [".cs", ".csproj", ".sln"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<RepositoryFile> Files { get; } = [.. Walk(Root)];

    public static IEnumerable<RepositoryFile> Sources => Files.Where(file => file.IsSource);

    public static IEnumerable<RepositoryFile> Projects => Files.Where(file => file.IsProject);

    private static IEnumerable<RepositoryFile> Walk(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var text = s_read.Contains(Path.GetExtension(path)) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
            yield return new RepositoryFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), text);
        }
        foreach (var child in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            if (!s_ignored.Contains(Path.GetFileName(child)))
                foreach (var file in Walk(child))
                    yield return file;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Harness.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Harness.sln above {AppContext.BaseDirectory}.");
    }
}
