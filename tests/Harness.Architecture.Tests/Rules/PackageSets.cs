using System.Text.RegularExpressions;

namespace Harness.Architecture.Tests.Rules;

/// <summary>
/// Nothing outside src/StandIns knows which package set is in use, the build's own props and targets apart: code that asks would behave
/// differently on machines with the genuine packages. Reporting the recorded name (`harness doctor`, a run's header) is no asking:
/// forbidden are the names as values, conditions, and talk of stand-ins.
/// </summary>
internal static partial class PackageSets
{
    public static IEnumerable<string> Violations(RepositoryFile file)
    {
        if (Exempt().IsMatch(file.Path))
            yield break;
        foreach (var (line, number) in file.Lines.Select((line, index) => (line, index + 1)))
            if (Knowledge().IsMatch(line))
                yield return $"{file.Path}({number}) knows the package set: {line.Trim()}";
    }

    [GeneratedRegex(@"[""'](?:nuget|standin)[""']|\$\(PackageSet\)|^\s*#if\b.*(?:STANDIN|NUGET)|stand-ins?\b|(?<!<c>)\bStandIns?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Knowledge();

    // The stand-ins, the tests of them, and this rule with its samples.
    [GeneratedRegex(@"^src/StandIns/|^tests/Harness\.(?:StandIns|Architecture)\.Tests/")]
    private static partial Regex Exempt();
}
