using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>Answers come back as they were given, in the model's own layout; everything else is an error that names the file.</summary>
public sealed class SubmissionFolderTests
{
    private static readonly CaseRecipe[] s_recipes = [new("modular-addition", 0, DisguiseKind.Permute, 7), new("direct-sum", 2)];

    /// <summary>
    /// Kills a reader that forgets to undo the exported order, undoes it twice or the wrong way round, or pulls back through the
    /// disguise too.
    /// </summary>
    [Fact]
    public void The_truth_comes_back_in_the_gauge_of_the_model()
    {
        using var scope = NewDisposeScope();
        using var folder = Submitted();
        var cases = SubmissionFolder.Read(folder["suite"]);
        Assert.Equal(s_recipes.ToHashSet(), cases.Select(one => one.Recipe).ToHashSet());
        foreach (var one in cases)
        {
            var expected = Answers.Truth(one.Model).Subnetworks;
            Assert.Equal(expected.Count, one.Submission.Decomposition.Subnetworks.Count);
            foreach (var (truth, read) in expected.Zip(one.Submission.Decomposition.Subnetworks))
            {
                Assert.Equal(((CoordinateSubspace)truth.Directions!).Indices, Assert.IsType<CoordinateSubspace>(read.Directions).Indices);
                Assert.Equal(0, (truth.Component! - read.Component!).abs().max().ToDouble());
            }
        }
    }

    /// <summary>Kills: leaving the case that went badly out of the list, or entering the one that went well twice; a crash on what is no name.</summary>
    [Theory]
    [InlineData("FIRST", "lacks ")]
    [InlineData("FIRST,SECOND,FIRST", "none twice")]
    [InlineData("", "at least one case")]
    [InlineData("null", "expected names of lower-case letters")]
    [InlineData("\"../elsewhere\"", "expected names of lower-case letters")]
    public void The_list_of_cases_is_the_exports_own(string cases, string message)
    {
        using var scope = NewDisposeScope();
        using var folder = Submitted();
        var names = Directory.GetDirectories(folder["suite"]).Select(path => $"\"{Path.GetFileName(path)}\"").Order().ToArray();
        File.WriteAllText(
            Path.Combine(folder["suite"], "suite.json"),
            $$"""{"schema":"export/1","tool":"t","cases":[{{cases.Replace("FIRST", names[0]).Replace("SECOND", names[1])}}]}""");
        var error = Assert.Throws<SubmissionException>(() => SubmissionFolder.Read(folder["suite"]));
        Assert.Contains("suite.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Kills: a key whose entry is null ending in an internal error.</summary>
    [Fact]
    public void A_key_without_an_entry_is_named()
    {
        using var scope = NewDisposeScope();
        using var folder = Submitted();
        var names = Directory.GetDirectories(folder["suite"]).Select(path => $"\"{Path.GetFileName(path)}\":null");
        File.WriteAllText(folder["suite.key.json"], $$$"""{"schema":"export-key/1","tool":"t","cases":{{{{string.Join(",", names)}}}}}""");
        Assert.Contains("but not of this key", Assert.Throws<SubmissionException>(() => SubmissionFolder.Read(folder["suite"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_needs_no_key_and_counts()
    {
        using var scope = NewDisposeScope();
        using var folder = Submitted();
        File.Delete(folder["suite.key.json"]);
        Assert.Equal("ready to grade: 2 cases, 6 subnetworks", $"{SubmissionFolder.Check(folder["suite"])}");
    }

    /// <summary>Kills a reader that goes on without the key, or does not say which file it misses.</summary>
    [Fact]
    public void A_missing_key_is_named()
    {
        using var folder = Submitted();
        File.Move(folder["suite.key.json"], folder["elsewhere.json"]);
        var exception = Assert.Throws<SubmissionException>(() => SubmissionFolder.Read(folder["suite"]));
        Assert.Equal(
            $"{folder["suite.key.json"]}: does not exist; expected the key that `harness export` wrote beside the folder; name it with --key FILE.",
            exception.Message);
        using var scope = NewDisposeScope();
        Assert.Equal(2, SubmissionFolder.Read(folder["suite"], folder["elsewhere.json"]).Count);
    }

    /// <summary>Kills a grader that skips a case without an answer, which would reward leaving out the hard ones.</summary>
    [Fact]
    public void A_missing_answer_is_named()
    {
        using var scope = NewDisposeScope();
        using var folder = Submitted();
        var path = Answer(folder, 1);
        File.Delete(path);
        var message = $"{path}: does not exist; case {Path.GetFileName(Path.GetDirectoryName(path))} has no answer.";
        Assert.Equal(message, Assert.Throws<SubmissionException>(() => SubmissionFolder.Read(folder["suite"])).Message);
        Assert.Equal(message, Assert.Throws<SubmissionException>(() => SubmissionFolder.Check(folder["suite"])).Message);
    }

    /// <summary>Kills a reader that trusts the folder's name: an answer laid into the wrong folder may even have fitting shapes.</summary>
    [Fact]
    public void An_answer_to_another_case_is_refused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        CaseExporter.Export(folder["suite"], [new("modular-addition", 0), new("modular-addition", 1)], 5, Answers.Tool);
        Answers.WriteTruth(folder["suite"]);
        File.Copy(Answer(folder, 0), Answer(folder, 1), overwrite: true);
        var exception = Assert.Throws<SubmissionException>(() => SubmissionFolder.Check(folder["suite"]));
        Assert.Equal("case", exception.Key);
        Assert.Contains("in the metadata, but the file lies in the folder of case", exception.Message);
    }

    /// <summary>Kills a reader that grades a folder against the key of another export, or parameters that were changed.</summary>
    [Fact]
    public void Changed_parameters_are_noticed()
    {
        using var scope = NewDisposeScope();
        using var folder = Submitted();
        var path = Answer(folder, 0).Replace(DecompositionFile.Name, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        var exception = Assert.Throws<SubmissionException>(() => SubmissionFolder.Read(folder["suite"]));
        Assert.Equal(
            $"{path}: its parameters are not those that the key was written for. Use the files and the key of one export.", exception.Message);
    }

    /// <summary>
    /// A truncated tensor file is the format's error, and names the file. Kills a check that looks at names and shapes only.
    /// </summary>
    [Fact]
    public void A_truncated_answer_is_refused()
    {
        using var scope = NewDisposeScope();
        using var folder = Submitted();
        var path = Answer(folder, 0);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^8]);
        Assert.StartsWith(path, Assert.Throws<SafetensorsException>(() => SubmissionFolder.Check(folder["suite"])).Message);
    }

    /// <summary>Case names become paths: kills a reader that follows them out of the folder.</summary>
    [Theory]
    [InlineData("../other")]
    [InlineData("")]
    [InlineData("/etc")]
    public void Case_names_are_plain(string name)
    {
        using var folder = Submitted();
        File.WriteAllText(folder["suite/suite.json"], $$"""{"schema":"export/1","tool":"t","cases":["{{name}}"]}""");
        var exception = Assert.Throws<SubmissionException>(() => SubmissionFolder.Check(folder["suite"]));
        Assert.Equal($"{folder["suite/suite.json"]}: 'cases' lists '{name}', expected names of lower-case letters, digits and dashes.", exception.Message);
    }

    /// <summary>
    /// Documents are read strictly. Kills a reader that throws a bare JSON exception, or accepts what it does not understand.
    /// </summary>
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"export/1\"}")]
    [InlineData("{\"schema\":\"export/1\",\"tool\":\"t\",\"cases\":[],\"more\":1}")]
    [InlineData("{\"schema\":\"export/2\",\"tool\":\"t\",\"cases\":[]}")]
    public void Broken_documents_are_named(string json)
    {
        using var folder = Submitted();
        var suite = File.ReadAllText(folder["suite/suite.json"]);
        File.WriteAllText(folder["suite/suite.json"], json);
        Assert.StartsWith(folder["suite/suite.json"], Assert.Throws<SubmissionException>(() => SubmissionFolder.Check(folder["suite"])).Message);
        File.WriteAllText(folder["suite/suite.json"], suite);
        File.WriteAllText(folder["suite.key.json"], json);
        Assert.StartsWith(folder["suite.key.json"], Assert.Throws<SubmissionException>(() => SubmissionFolder.Read(folder["suite"])).Message);
    }

    private static TemporaryFolder Submitted()
    {
        using var scope = NewDisposeScope();
        var folder = new TemporaryFolder();
        CaseExporter.Export(folder["suite"], s_recipes, 5, Answers.Tool);
        Answers.WriteTruth(folder["suite"]);
        return folder;
    }

    private static string Answer(TemporaryFolder folder, int index) =>
        Directory.EnumerateFiles(folder["suite"], DecompositionFile.Name, SearchOption.AllDirectories).Order().ElementAt(index);
}
