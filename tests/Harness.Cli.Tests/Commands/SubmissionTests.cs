using Harness.Decompositions;
using Harness.Grading;
using Harness.Models;
using TorchSharp;

namespace Harness.Cli.Tests;

/// <summary>The road of a researcher: export, answer, check, grade.</summary>
public class SubmissionTests
{
    /// <summary>
    /// The truth, handed in under the export's neutral names for a disguised case, scores 1; nonsense does not. Rejects a grader that forgets the
    /// renaming or the disguise.
    /// </summary>
    [Theory]
    [InlineData(true, ExitCode.Pass)]
    [InlineData(false, ExitCode.CheckFailed)]
    public void An_answer_in_a_file_is_graded(bool truth, int expected)
    {
        using var folder = new TemporaryFolder();
        var cases = Export(folder);
        Answer(cases, truth);

        var check = CommandLine.Run("check-submission", cases);
        var graded = CommandLine.Run("grade", cases, "--out", folder.File("run"));

        Assert.Equal((ExitCode.Pass, "ready to grade: 1 cases, 3 subnetworks"), (check.Code, check.Output.Trim()));
        Assert.Equal(expected, graded.Code);
        // The row of the answer itself: oracles and nulls stand beside it with 1.00 and 0.00 in any case.
        Assert.Matches(truth ? "submission:test +│ +1\\.00 ✓" : "submission:test +│ +0\\.\\d+ ✗", graded.Output);
    }

    /// <summary>A file that ends early is a bad input that names the tensor, never a crash and never a score.</summary>
    [Theory]
    [InlineData("grade")]
    [InlineData("check-submission")]
    public void A_truncated_answer_is_named(string command)
    {
        using var folder = new TemporaryFolder();
        var cases = Export(folder);
        var file = Answer(cases, truth: true);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^8]);

        var run = CommandLine.Run(command, cases);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Matches(@"decomposition\.safetensors: tensor 'subnetwork\.\d\.mask/p\d'", run.Error);
    }

    [Fact]
    public void A_missing_key_is_named()
    {
        using var folder = new TemporaryFolder();
        var cases = Export(folder);
        Answer(cases, truth: true);
        File.Delete(cases + ".key.json");

        var run = CommandLine.Run("grade", cases);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("cases.key.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_answer_is_named()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("check-submission", Export(folder));
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("decomposition.safetensors: does not exist", run.Error, StringComparison.Ordinal);
    }

    private static string Export(TemporaryFolder folder)
    {
        var cases = folder.File("cases");
        Assert.Equal(ExitCode.Pass, CommandLine.Run("export", "modular-addition", "--disguise", "permute:3", "--out", cases).Code);
        return cases;
    }

    /// <summary>Answers with the planted blocks as masks, or with the same masks rolled by one hidden unit.</summary>
    private static string Answer(string cases, bool truth)
    {
        using var scope = torch.NewDisposeScope();
        var (id, entry) = Assert.Single(ExportKey.Read(cases + ".key.json").Cases);
        var toy = entry.Recipe.Build();
        var names = new ExportedNames(toy.Model.Network.Layout, entry.Parameters);
        var subnetworks = toy.Truth.Subnetworks.Select((planted, i) =>
        {
            var disguised = Numerics.Subspaces.Transform(toy.Disguise!, planted.Subspace, inverse: false);
            var exported = (Numerics.CoordinateSubspace)Numerics.Subspaces.Transform(names.Map, disguised, inverse: false);
            var length = names.Layout.Length;
            // A third of the parameters, so that the wrong answer has the right sizes.
            return new Subnetwork($"{i}", truth ? exported : new Numerics.CoordinateSubspace(length, [.. Enumerable.Range(0, (int)length / 3).Select(j => j * 3L + i)]));
        });
        var answer = new Decomposition(new MethodInfo("test", "1", "test", false), [.. subnetworks], new Dictionary<string, string>());
        var file = Path.Combine(cases, id, DecompositionFile.Name);
        DecompositionFile.Write(file, answer, names.Layout, id, seed: 0);
        return file;
    }
}
