using Harness.Architecture.Tests.Rules;

namespace Harness.Architecture.Tests;

/// <summary>The rules, applied to this repository. <see cref="RuleMutantTests"/> shows that each of them can fail.</summary>
public class RepositoryTests
{
    [Fact]
    public void ProjectsReferToWhatTheArchitectureSaysAndNothingElse() => Holds(ProjectReferences.Violations(Repository.Projects));

    /// <summary>The rule that matters most, asserted once more on its own and over any number of references.</summary>
    [Fact]
    public void MethodsReachNeitherToyModelsNorGrading()
    {
        var declared = Repository.Projects.ToDictionary(project => project.Name[..^".csproj".Length], ProjectReferences.Of);
        var reached = ProjectReferences.Reachable("Harness.Methods", declared);
        Assert.Contains("Harness.Models", reached);
        Assert.DoesNotContain("Harness.ToyModels", reached);
        Assert.DoesNotContain("Harness.Grading", reached);
    }

    /// <summary>A project file can be bypassed (a reference to a built file, a linked source); the built assemblies cannot.</summary>
    [Fact]
    public void BuiltAssembliesUseOnlyWhatTheArchitectureLetsThemSee()
    {
        var assemblies = ProjectReferences.Allowed.Keys.ToDictionary(name => name, BuiltAssembly.ReferencesOf);
        Assert.Contains("Harness.Models", assemblies["Harness.Numerics"]);
        Holds(assemblies.SelectMany(pair => ProjectReferences.Violations(pair.Key, pair.Value)));
    }

    [Fact]
    public void EveryProjectIsInTheSolution() =>
        Holds(Solution.Unlisted(Repository.Files.Single(file => file.Path == "Harness.sln"), Repository.Projects));

    [Fact]
    public void EveryProjectOfTheProductHasItsTests() => Holds(Solution.Untested([.. Repository.Projects]));

    [Fact]
    public void AFileHoldsOnePublicTypeAndBearsItsName() =>
        Holds(Repository.Sources.Where(file => file.IsProduct).SelectMany(PublicTypes.Violations));

    [Fact]
    public void NoFileIsLong() => Holds(Repository.Sources.SelectMany(FileLengths.Violations));

    [Fact]
    public void TheMedianFileOfTheProductIsShort() =>
        Assert.InRange(FileLengths.MedianOf(Repository.Sources.Where(file => file.IsProduct)), 1, FileLengths.Median);

    [Fact]
    public void NamespacesAreFileScoped() => Holds(Repository.Sources.SelectMany(Namespaces.Violations));

    [Fact]
    public void NothingKnowsThePackageSet() =>
        Holds(Repository.Sources.Concat(Repository.Projects).SelectMany(PackageSets.Violations));

    [Fact]
    public void NothingIsUnfinished() => Holds(Repository.Sources.SelectMany(UnfinishedWork.Violations));

    [Fact]
    public void EverySnapshotBelongsToATest() => Holds(Snapshots.Violations(Repository.Files));

    /// <summary>Rejects a walk that finds nothing, on which every rule would hold.</summary>
    [Fact]
    public void TheWalkFindsTheRepository()
    {
        Assert.Contains(Repository.Files, file => file.Path == "tests/Harness.Architecture.Tests/RepositoryTests.cs");
        Assert.Contains(Repository.Files, file => file.Path == "src/Harness.Models/Harness.Models.csproj");
        Assert.DoesNotContain(Repository.Files, file => file.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    private static void Holds(IEnumerable<string> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, $"{found.Count} violations:\n  " + string.Join("\n  ", found));
    }
}
