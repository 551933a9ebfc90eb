using System.Text.RegularExpressions;

namespace Harness.Architecture.Tests.Rules;

/// <summary>
/// A file of the product holds at most one public type, and bears its name (<c>Type.cs</c>, or <c>Type.Aspect.cs</c> for a part of it):
/// a reader finds a type without a search.
/// </summary>
internal static partial class PublicTypes
{
    public static IEnumerable<string> Violations(RepositoryFile file)
    {
        var types = PublicType().Matches(file.Text).Select(match => match.Groups["name"].Value).Distinct().ToList();
        if (types.Count > 1)
            yield return $"{file.Path} holds {types.Count} public types: {string.Join(", ", types)}.";
        else if (types.Count == 1 && types[0] != file.Name.Split('.')[0])
            yield return $"{file.Path} holds the public type {types[0]}; name the file after it.";
    }

    // Namespaces are file-scoped, so that only nested types are indented.
    [GeneratedRegex(
        @"^public\s+(?:(?:static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*" +
        @"(?:record\s+struct|record\s+class|record|class|struct|interface|enum|delegate\s+\S+)\s+(?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
