namespace Harness.Architecture.Tests.Rules;

/// <summary>The solution lists every project, and every project of the product has its tests: what is not listed is not run.</summary>
internal static class Solution
{
    public static IEnumerable<string> Unlisted(RepositoryFile solution, IEnumerable<RepositoryFile> projects) => projects
        .Where(project => !solution.Text.Contains($"\"{project.Path.Replace('/', '\\')}\"", StringComparison.Ordinal))
        .Select(project => $"{project.Path} is not in {solution.Path}; add it with: dotnet sln add {project.Path}");

    public static IEnumerable<string> Untested(IEnumerable<RepositoryFile> projects)
    {
        var paths = projects.Select(project => project.Path).ToHashSet(StringComparer.Ordinal);
        return projects
            .Where(project => project.IsProduct)
            .Select(project => project.Name[..^".csproj".Length])
            .Where(name => !paths.Contains($"tests/{name}.Tests/{name}.Tests.csproj"))
            .Select(name => $"{name} has no tests/{name}.Tests.");
    }
}
