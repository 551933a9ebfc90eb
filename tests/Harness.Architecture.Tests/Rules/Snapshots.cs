namespace Harness.Architecture.Tests.Rules;

/// <summary>
/// Every approved snapshot is claimed by a test beside it, either by class and method or by its literal name. The verifier itself sees
/// only the classes that still run; this sees those that are gone.
/// </summary>
internal static class Snapshots
{
    private const string Mark = ".verified.";

    public static IEnumerable<string> Violations(IReadOnlyCollection<RepositoryFile> files) => files
        .Where(file => file.Name.Contains(Mark, StringComparison.Ordinal))
        .Where(snapshot => !files.Any(source => source.IsSource && source.Folder == snapshot.Folder && Claims(source, snapshot)))
        .Select(snapshot => $"{snapshot.Path} belongs to no test beside it; delete it or rename it with its test.");

    private static bool Claims(RepositoryFile source, RepositoryFile snapshot)
    {
        var name = snapshot.Name[..snapshot.Name.IndexOf(Mark, StringComparison.Ordinal)];
        if (source.Text.Contains($"\"{name}\"", StringComparison.Ordinal))
            return true;
        var parts = name.Split('.');
        return parts[..^1].All(type => source.Text.Contains($"class {type}", StringComparison.Ordinal))
            && Methods(parts[^1]).Any(method => source.Text.Contains($" {method}(", StringComparison.Ordinal));
    }

    /// <summary>A name of a snapshot is a method's, with <c>_parameter=value</c> behind it where there are any; both may hold underscores.</summary>
    private static IEnumerable<string> Methods(string name) =>
        Enumerable.Range(0, name.Length).Where(i => name[i] == '_').Append(name.Length).Select(i => name[..i]);
}
