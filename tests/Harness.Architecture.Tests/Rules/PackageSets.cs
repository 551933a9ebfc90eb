using System.Text.RegularExpressions;

namespace Harness.Architecture.Tests.Rules;

/// <summary>
/// Nothing outside src/StandIns knows which package set is in use, the build's own props and targets apart: code that asks would behave
/// differently on machines with the genuine packages.
/// </summary>
internal static partial class PackageSets
{
    /// <summary>What may speak of it, and why.</summary>
    private static readonly Regex[] s_exempt =
    [
        StandIns(), // the stand-ins and the tests of them
        Doctor(), // `harness doctor` has to report the set; it reads what the build recorded
        Rules(), // this rule
    ];

    public static IEnumerable<string> Violations(RepositoryFile file)
    {
        if (s_exempt.Any(exempt => exempt.IsMatch(file.Path)))
            yield break;
        foreach (var (line, number) in file.Lines.Select((line, index) => (line, index + 1)))
            if (Mention().IsMatch(line))
                yield return $"{file.Path}({number}) mentions the package set: {line.Trim()}";
    }

    [GeneratedRegex(@"\bPackageSet\b|stand-?ins?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Mention();

    [GeneratedRegex(@"^src/StandIns/|^tests/Harness\.StandIns\.Tests/")]
    private static partial Regex StandIns();

    [GeneratedRegex(@"^(?:src/Harness\.Cli|tests/Harness\.Cli\.Tests)/(?:Doctor/|Commands/Doctor)")]
    private static partial Regex Doctor();

    [GeneratedRegex(@"^tests/Harness\.Architecture\.Tests/")]
    private static partial Regex Rules();
}
