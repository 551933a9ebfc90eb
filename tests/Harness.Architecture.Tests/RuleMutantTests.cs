using Harness.Architecture.Tests.Rules;

namespace Harness.Architecture.Tests;

/// <summary>Each rule, shown a sample that breaks it and one beside it that does not: a rule that accepts everything is no rule.</summary>
public class RuleMutantTests
{
    [Fact]
    public void AMethodThatRefersToTheToyModelsIsRejected()
    {
        var projects = ProjectsAsAllowed();
        Assert.Empty(ProjectReferences.Violations(projects));
        projects[projects.FindIndex(project => project.Name == "Harness.Methods.csproj")] =
            Project("src/Harness.Methods/Harness.Methods.csproj", "Harness.Decompositions", "Harness.ToyModels");
        Assert.Equal(
            ["Harness.Methods refers to [Harness.Decompositions, Harness.ToyModels]; the architecture says [Harness.Decompositions]."],
            ProjectReferences.Violations(projects));
    }

    [Fact]
    public void AMissingReferenceAnUnknownProjectAndAMissingOneAreRejected()
    {
        var projects = ProjectsAsAllowed();
        projects.RemoveAll(project => project.Name is "Harness.Reporting.csproj" or "Harness.Numerics.csproj");
        projects.Add(Project("src/Harness.Numerics/Harness.Numerics.csproj"));
        projects.Add(Project("src/Harness.Extras/Harness.Extras.csproj"));
        Assert.Equal(
            [
                "Harness.Extras is not a project of the architecture.",
                "Harness.Numerics refers to []; the architecture says [Harness.Models].",
                "Harness.Reporting is a project of the architecture and is missing.",
            ],
            ProjectReferences.Violations(projects));
    }

    /// <summary>The bypass that looks at direct references only: Methods → Decompositions → ToyModels.</summary>
    [Fact]
    public void AReferenceThroughAnotherProjectIsReached()
    {
        var references = new Dictionary<string, string[]>(ProjectReferences.Allowed) { ["Harness.Decompositions"] = ["Harness.Numerics", "Harness.ToyModels"] };
        Assert.Contains("Harness.ToyModels", ProjectReferences.Reachable("Harness.Methods", references));
    }

    [Fact]
    public void ABuiltAssemblyThatUsesTheTruthIsRejected()
    {
        Assert.Equal(
            ["The built Harness.Methods uses Harness.ToyModels, which the architecture keeps from it."],
            ProjectReferences.Violations("Harness.Methods", ["System.Runtime", "Harness.Models", "Harness.ToyModels"]));
    }

    [Fact]
    public void AProjectOutsideTheSolutionIsRejected()
    {
        var solution = new RepositoryFile("Harness.sln", """Project("{1}") = "A", "tests\A.Tests\A.Tests.csproj", "{2}" """);
        Assert.Equal(
            ["tests/B.Tests/B.Tests.csproj is not in Harness.sln; add it with: dotnet sln add tests/B.Tests/B.Tests.csproj"],
            Solution.Unlisted(solution, [Project("tests/A.Tests/A.Tests.csproj"), Project("tests/B.Tests/B.Tests.csproj")]));
    }

    [Fact]
    public void AProjectWithoutTestsIsRejected() => Assert.Equal(
        ["B has no tests/B.Tests."],
        Solution.Untested([Project("src/A/A.csproj"), Project("src/B/B.csproj"), Project("tests/A.Tests/A.Tests.csproj")]));

    [Theory]
    [InlineData("public class A;\npublic sealed record B(int X);", "src/A.cs holds 2 public types: A, B.")]
    [InlineData("public enum A { X }\npublic delegate void B();", "src/A.cs holds 2 public types: A, B.")]
    [InlineData("public readonly record struct B(int X);", "src/A.cs holds the public type B; name the file after it.")]
    [InlineData("public static partial class A;\npublic static partial class A;\ninternal class B;", null)]
    [InlineData("public interface A\n{\n    public class Nested;\n}", null)]
    [InlineData("internal class B;\ninternal class C;", null)]
    public void TwoPublicTypesOrAnotherNameAreRejected(string text, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], PublicTypes.Violations(new RepositoryFile("src/A.cs", text)));

    [Theory]
    [InlineData(350, null)]
    [InlineData(351, "src/A.cs has 351 lines; 350 at most. Split it by aspect (Type.Aspect.cs).")]
    public void ALongFileIsRejected(int lines, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], FileLengths.Violations(new RepositoryFile("src/A.cs", string.Concat(Enumerable.Repeat("\n", lines - 1)) + "x\n")));

    [Fact]
    public void TheMedianIsNotTheMean() =>
        Assert.Equal(2, FileLengths.MedianOf(new[] { 1, 2, 300 }.Select(lines => new RepositoryFile("a.cs", string.Concat(Enumerable.Repeat("\n", lines - 1)) + "x"))));

    [Theory]
    [InlineData("namespace A.B;", "src/A.cs", false)]
    [InlineData("namespace A.B\n{\n}", "src/A.cs", true)]
    [InlineData("using System;\nnamespace A.B {", "src/A.cs", true)]
    [InlineData("class A;", "src/A.cs", true)]
    [InlineData("return 0;", "src/Program.cs", false)]
    public void AnIndentingOrMissingNamespaceIsRejected(string text, string path, bool rejected) =>
        Assert.Equal(rejected, Namespaces.Violations(new RepositoryFile(path, text)).Any());

    [Theory]
    [InlineData("src/Harness.Numerics/A.cs", "#if STANDIN", true)]
    [InlineData("src/Harness.Numerics/A.cs", "// the stand-in has no such member", true)]
    [InlineData("tests/Harness.Numerics.Tests/A.csproj", "<X Condition=\"'$(PackageSet)' == 'nuget'\" />", true)]
    [InlineData("src/Harness.Numerics/A.cs", "// a standing wave", false)]
    [InlineData("src/StandIns/TorchSharp/A.cs", "// stand-in", false)]
    [InlineData("src/Harness.Cli/A.cs", "if (packageSet == \"nuget\")", true)]
    [InlineData("src/Harness.Cli/A.cs", "/// <param name=\"PackageSet\"><c>nuget</c> or <c>standin</c>.</param>", false)]
    public void CodeThatKnowsThePackageSetIsRejected(string path, string text, bool rejected) =>
        Assert.Equal(rejected, PackageSets.Violations(new RepositoryFile(path, text)).Any());

    [Theory]
    [InlineData("// TODO later", true)]
    [InlineData("throw new NotImplementedException();", true)]
    [InlineData("[Fact(Skip = \"flaky\")]", true)]
    [InlineData("var rest = values.Skip(1);", false)]
    public void UnfinishedWorkIsRejected(string text, bool rejected) =>
        Assert.Equal(rejected, UnfinishedWork.Violations(new RepositoryFile("src/A.cs", text)).Any());

    [Theory]
    [InlineData("tests/X/ReportTests.Renders_size=3.verified.txt", false)]
    [InlineData("tests/X/ReportTests.Inner.Nested.verified.txt", false)]
    [InlineData("tests/X/chosen.verified.txt", false)]
    [InlineData("tests/X/ReportTests.RenamedLongAgo.verified.txt", true)]
    [InlineData("tests/X/GoneTests.Renders.verified.txt", true)]
    [InlineData("tests/Y/ReportTests.Renders.verified.txt", true)]
    public void ASnapshotWithoutATestBesideItIsRejected(string path, bool rejected)
    {
        var source = new RepositoryFile(
            "tests/X/ReportTests.cs", "class ReportTests\n{ Task Renders(int size); Task Other() => UseFileName(\"chosen\"); class Inner { Task Nested() } }");
        Assert.Equal(rejected, Snapshots.Violations([source, new RepositoryFile(path, "")]).Any());
    }

    private static RepositoryFile Project(string path, params string[] references) =>
        new(path, $"<Project>{string.Concat(references.Select(name => $"<ProjectReference Include=\"$(RepositoryRoot)src/{name}/{name}.csproj\" />"))}</Project>");

    private static List<RepositoryFile> ProjectsAsAllowed() =>
        [.. ProjectReferences.Allowed.Select(pair => Project($"src/{pair.Key}/{pair.Key}.csproj", pair.Value))];
}
