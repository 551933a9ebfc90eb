using System.Text.RegularExpressions;

namespace Harness.Numerics.Tests;

/// <summary>The table in README.md is the index of this suite: an entry that no longer exists is an error.</summary>
public partial class ReadmeTests
{
    private static readonly DirectoryInfo s_root = Root();

    [Fact]
    public void Everything_the_table_names_exists()
    {
        var named = Names(File.ReadAllText(Path.Combine(s_root.FullName, "tests", "Harness.Numerics.Tests", "README.md"))).ToList();
        Assert.True(named.Count > 60, $"only {named.Count} names were read");
        var sources = new[] { "tests", "src" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(s_root.FullName, folder), "*.cs", SearchOption.AllDirectories))
            .ToLookup(path => Path.GetFileName(path).Split('.')[0]);
        Assert.Empty(named.Where(name => !Exists(name.Type, name.Member, sources)).Select(name => $"{name.Type}.{name.Member}"));
    }

    /// <summary>Rejects a reader that finds nothing, or anything.</summary>
    [Fact]
    public void A_name_that_does_not_exist_is_found_out()
    {
        Assert.Equal([("HessianFlaw", "Gone")], Names("| a | `HessianFlaw.Gone`, `eigh`, `Tolerances.*.cs` |"));
        var sources = new[] { Path.Combine(s_root.FullName, "tests", "Harness.Numerics.Tests", "Hessians", "HessianFlaw.cs") }.ToLookup(_ => "HessianFlaw");
        Assert.False(Exists("HessianFlaw", "Gone", sources));
        Assert.True(Exists("HessianFlaw", "Dropout", sources));
    }

    private static bool Exists(string type, string member, ILookup<string, string> sources) =>
        sources[type].Any(path => Regex.IsMatch(File.ReadAllText(path), $@"\b{member}\b"));

    private static IEnumerable<(string Type, string Member)> Names(string text) =>
        Code().Matches(text).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    private static DirectoryInfo Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Harness.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No Harness.sln above {AppContext.BaseDirectory}.");
        return folder;
    }

    [GeneratedRegex(@"`([A-Z]\w+)\.([A-Z]\w+)`")]
    private static partial Regex Code();
}
