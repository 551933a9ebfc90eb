using System.Text.RegularExpressions;

namespace Harness.ToyModels.Tests;

/// <summary>Every model is described where people look for it: in the README of its family's folder, by its id.</summary>
public partial class ReadmeTests
{
    private const string RandomWeights = "control/random-weights/";

    private static readonly string s_folder = Path.Combine(RepositoryRoot(), "toymodels", "Harness.ToyModels");

    public static TheoryData<string> Ids => [.. ToyModelCatalog.Entries.Select(entry => entry.Id)];

    private static Lazy<IReadOnlyList<string>> Texts { get; } = new(() =>
        [.. Directory.EnumerateFiles(s_folder, "README.md", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/") && !path.Contains("/bin/")).Select(File.ReadAllText)]);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_model_is_described(string id)
    {
        // Controls with random weights are one paragraph: they are the other models over again.
        var named = id.StartsWith(RandomWeights, StringComparison.Ordinal) ? $"{RandomWeights}<id>" : id;
        Assert.Contains(Texts.Value, text => text.Contains($"`{named}`", StringComparison.Ordinal));
    }

    /// <summary>Rejects paragraphs of models that are gone or misspelt.</summary>
    [Fact]
    public void Every_paragraph_has_a_model()
    {
        var described = Texts.Value.SelectMany(text => Described().Matches(text)).Select(match => match.Groups[1].Value).ToList();
        Assert.Empty(described.Except(ToyModelCatalog.Entries.Select(entry => entry.Id)));
        Assert.Equal(described.Distinct(), described);
    }

    /// <summary>Rejects a picture that is not there.</summary>
    [Fact]
    public void Pictures_exist() => Assert.All(
        Directory.EnumerateFiles(s_folder, "README.md", SearchOption.AllDirectories)
            .SelectMany(path => Pictures().Matches(File.ReadAllText(path)).Select(match => Path.Combine(Path.GetDirectoryName(path)!, match.Groups[1].Value))),
        picture => Assert.True(File.Exists(picture), picture));

    [GeneratedRegex(@"\*\*`([^`…*<-][^`…*<]*)`\*\*")]
    private static partial Regex Described();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex Pictures();

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Harness.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
