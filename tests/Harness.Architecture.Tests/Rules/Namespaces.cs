using System.Text.RegularExpressions;

namespace Harness.Architecture.Tests.Rules;

/// <summary>Every source file has a file-scoped namespace, apart from a program's entry point.</summary>
internal static partial class Namespaces
{
    public static IEnumerable<string> Violations(RepositoryFile file)
    {
        if (Declaration().Matches(file.Text) is { Count: > 0 } found)
        {
            foreach (var declaration in found.Where(declaration => !declaration.Value.EndsWith(';')))
                yield return $"{file.Path} has '{declaration.Value.Trim()}'; write it as a file-scoped namespace, with a semicolon.";
        }
        else if (file.Name is not ("Program.cs" or "GlobalUsings.cs" or "AssemblyInfo.cs"))
        {
            yield return $"{file.Path} declares no namespace.";
        }
    }

    [GeneratedRegex(@"^[ \t]*namespace [\w.]+[ \t]*;?", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
