using System.Text;
using System.Text.Json;
using Harness.Decompositions;
using Harness.Grading;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;

namespace Harness.Cli.Tests;

public class GradeCommandTests
{
    /// <summary>
    /// The bars of the first milestone, read from the record: oracles are 1 on every model and disguise, {θ*} and the whole space are 0, random stays
    /// below 0.1, unit-clusters finds the frequencies. Rejects a grader without pull-back (disguised oracles drop), without chance correction (whole
    /// space, θ*) and a method that finds nothing.
    /// </summary>
    /// <summary>Rejects a method that vanishes from the table because it has nothing to say of the only model asked about.</summary>
    [Fact]
    public void A_method_that_does_not_apply_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("grade", "--method", "builtin:hessian-steering", "--model", "modular-addition", "--out", folder.File("run"));
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--method builtin:hessian-steering: it does not apply to modular-addition", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_the_leaderboard_separates_truth_from_nulls()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("grade", "--out", folder.File("run"), "--json");
        var record = run.Json();
        var scores = Scores(record).ToList();
        double[] Of(string method, string model = "") =>
            [.. scores.Where(score => score.Method == method && score.Model.StartsWith(model, StringComparison.Ordinal)).Select(score => score.Value)];

        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.True(record.GetProperty("complete").GetBoolean());
        foreach (var oracle in new[] { "oracle", "oracle-reordered", "oracle-rebased", "disguised-oracle" })
            Assert.All(Of($"builtin:miniature/{oracle}"), score => Assert.InRange(score, 1 - 1e-9, 1 + 1e-9));
        foreach (var empty in new[] { "theta-star", "whole-space" })
            Assert.All(Of($"builtin:miniature/{empty}"), score => Assert.InRange(score, 0, 0.005));
        Assert.All(Of("builtin:random"), score => Assert.InRange(score, 0, 0.1));
        Assert.All(Of("builtin:unit-clusters", "modular-addition"), score => Assert.InRange(score, 0.95, 1 + 1e-9));
        Assert.NotEmpty(Of("builtin:weight-svd"));
        Assert.NotEmpty(Of("builtin:gradient-pca"));
        Assert.Equal(3, scores.Where(score => score.Model == "modular-addition").Select(score => score.Disguise).Distinct().Count());
        Assert.Equal(record.GetProperty("cases").GetArrayLength(), record.GetProperty("footer").GetProperty("counts").GetProperty("cases").GetInt32());
    }

    /// <summary>Every case of a record can be run alone by its replay line, and says the same. Rejects a replay that forgets a seed or a disguise.</summary>
    [Fact]
    public void A_replay_line_reproduces_its_case()
    {
        using var folder = new TemporaryFolder();
        var record = CommandLine.Run(
            "grade", "--method", "builtin:random", "--model", "superposition-5-2", "--disguise", "permute:5", "--seed", "3", "--out", folder.File("run"), "--json").Json();
        var line = record.GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("role").GetString() == "method");
        var words = line.GetProperty("replay").GetString()!.Split(' ')[1..];
        var again = CommandLine.Run([.. words, "--out", folder.File("again"), "--json"]).Json()
            .GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("role").GetString() == "method");

        Assert.Equal(line.GetProperty("key").GetString(), again.GetProperty("key").GetString());
        Assert.Equal(line.GetProperty("values").ToString(), again.GetProperty("values").ToString());
    }

    /// <summary>A method that is named and misses its bar sets the code; the same score in the leaderboard does not.</summary>
    [Fact]
    public void A_named_method_below_its_bar_fails()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("grade", "--method", "builtin:random", "--model", "modular-addition", "--disguise", "none", "--out", folder.File("run"));
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("Recovery of directions", run.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// Two seeds below the bar are too few to say that a stochastic method fails, four are not; the leaderboard sets no code by either. Rejects an exit code by the worst
    /// seed, and one that calls too few seeds a pass.
    /// </summary>
    [Theory]
    [InlineData("2", ExitCode.Undecided, Verdict.Undecided)]
    [InlineData("4", ExitCode.CheckFailed, Verdict.Fail)]
    public void Several_seeds_are_judged_together(string seeds, int code, Verdict verdict)
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(
            "grade", "--method", "builtin:random", "--model", "superposition-5-5", "--disguise", "none", "--seeds", seeds, "--out", folder.File("run"));
        Assert.Equal(code, run.Code);
        Assert.Contains("Over seeds", run.Output, StringComparison.Ordinal);
        var group = RunRecord.Read(folder.File("run/results.jsonl")).Cases.Single(line => line.Kind == CaseLine.Stability);
        Assert.Equal(verdict, group.Value("stability.recovery.directions")!.Verdict);
    }

    /// <summary>An identity that is broken sets the code where a score below its bar does not, and the report says which one. Rejects a switch that asks nothing.</summary>
    [Fact]
    public void Equivalent_questions_are_asked_where_they_are_wanted()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("grade", "--model", "superposition-5-2-untied", "--disguise", "none", "--equivariance", "--out", folder.File("run"));
        var asked = RunRecord.Read(folder.File("run/results.jsonl")).Cases.Where(line => line.Kind == CaseLine.Equivariance).ToList();
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("Equivalent questions", run.Output, StringComparison.Ordinal);
        // Units are an axis-aligned idea: in a linear hidden space there are none.
        Assert.Equal(["equivariance.rotate"], asked.SelectMany(line => line.Values).Where(value => value.Verdict == Verdict.Fail).Select(value => value.Check));
        Assert.Equal("builtin:unit-clusters", asked.Single(line => line.MergedVerdict() == Verdict.Fail).Key.Method);
        Assert.EndsWith("--equivariance", asked[0].Replay, StringComparison.Ordinal);
    }

    /// <summary>A file that ends early is bad input; a method's own fault never is.</summary>
    [Fact]
    public void A_broken_file_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("answer.safetensors"), [200, 0, 0, 0, 0, 0, 0, 0, (byte)'{']);
        Assert.Equal(ExitCode.BadInput, CommandLine.Run("grade", "--method", $"file:{folder.File("answer.safetensors")}", "--model", "direct-sum").Code);
    }

    /// <summary>A run that was cut short goes on where it stopped. Rejects a resume that repeats or loses cases.</summary>
    [Fact]
    public void A_record_cut_short_is_resumed()
    {
        using var folder = new TemporaryFolder();
        string[] args = ["grade", "--method", "builtin:unit-clusters", "--model", "superposition-5-*", "--disguise", "none", "--out", folder.File("run")];
        CommandLine.Run(args);
        var file = folder.File("run/results.jsonl");
        var whole = RunRecord.Read(file);
        var lines = File.ReadAllLines(file);
        File.WriteAllText(file, string.Join('\n', lines[..7]) + "\n" + lines[7][..40]);

        Assert.Equal(ExitCode.InputOutput, CommandLine.Run(args).Code);
        CommandLine.Run([.. args, "--resume"]);

        var resumed = RunRecord.Read(file);
        Assert.True(resumed.IsComplete);
        Assert.Equal(whole.Cases.Select(line => (line.Key, Json(line.Values))), resumed.Cases.Select(line => (line.Key, Json(line.Values))));
    }

    /// <summary>Rejects a stop that leaves its user to find out where the record is and how to go on.</summary>
    [Fact]
    public void A_stopped_run_says_how_to_go_on()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(
            new Dictionary<string, string>(), new CancellationToken(true),
            "grade", "--method", "builtin:random", "--model", "superposition-5-5", "--out", folder.File("run"));

        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Contains($"--resume --out {folder.File("run")}", run.Error, StringComparison.Ordinal);
        Assert.False(RunRecord.Read(Path.Combine(folder.File("run"), RunRecord.FileName)).IsComplete);
    }

    /// <summary>Kills: resuming with fewer models, after which a record that was begun with more calls itself complete.</summary>
    [Fact]
    public void A_record_is_resumed_by_the_command_that_began_it_only()
    {
        using var folder = new TemporaryFolder();
        string[] args = ["grade", "--method", "builtin:random", "--disguise", "none", "--out", folder.File("run")];
        CommandLine.Run([.. args, "--model", "superposition-5-*"]);
        var file = folder.File("run/results.jsonl");
        File.WriteAllLines(file, File.ReadAllLines(file)[..3]);

        var run = CommandLine.Run([.. args, "--model", "superposition-5-2", "--resume"]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("was begun by 'harness grade --method builtin:random --disguise none --model superposition-5-*'", run.Error, StringComparison.Ordinal);
        Assert.False(RunRecord.Read(file).IsComplete);
    }

    /// <summary>A run that was killed before its header was whole. Kills: a resume that calls an empty file a bad record for ever.</summary>
    [Fact]
    public void A_record_killed_in_its_first_line_is_begun_anew()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("run"));
        File.WriteAllText(folder.File("run/results.jsonl"), "{\"type\":\"hea");
        CommandLine.Run("grade", "--method", "builtin:random", "--model", "superposition-5-2", "--disguise", "none", "--out", folder.File("run"), "--resume");
        Assert.True(RunRecord.Read(folder.File("run/results.jsonl")).IsComplete);
    }

    /// <summary>Kills: an empty leaderboard with exit 0, or a model that vanishes from it without a word; a budget that no timer takes.</summary>
    [Theory]
    [InlineData("model 'superposition-5-2' does not admit rescale:0; it admits permute, rotate", "--model", "superposition-5-2", "--disguise", "rescale")]
    [InlineData("model 'direct-sum' does not admit rescale:0", "--model", "superposition-5-2-untied", "--model", "direct-sum", "--disguise", "rescale")]
    [InlineData("unknown suite 'quik'; did you mean 'quick'?", "--suite", "quik")]
    [InlineData("choose one of --suite, --quick and --full", "--full", "--suite", "quick")]
    [InlineData("a submission says itself what it answers: leave out --method, --model, --suite and --disguise", "cases", "--full")]
    [InlineData("--equivariance asks a method again and again; a submission has answered once", "cases", "--equivariance")]
    [InlineData("--budget: expected a number above 0, at most 1000000, got '1e300'", "--budget", "1e300")]
    public void What_cannot_be_run_is_a_usage_error(string expected, params string[] args)
    {
        var run = CommandLine.Run(["grade", .. args]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    /// <summary>Kills: an empty table and exit 0 for a model on which recovery is not defined, as if all were well.</summary>
    [Fact]
    public void A_model_without_subnetworks_says_that_nothing_was_scored()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(
            "grade", "--method", "builtin:random", "--model", "planted-spectrum/clustered", "--disguise", "none", "--out", folder.File("run"));
        Assert.Contains("Nothing was scored.", run.Output, StringComparison.Ordinal);
        Assert.Contains("recovery.directions: skipped on planted-spectrum/clustered, the model plants", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown method 'unit-cluster'; did you mean 'unit-clusters'?", "--method", "builtin:unit-cluster")]
    [InlineData("unknown miniature 'orakle'; did you mean 'oracle'?", "--method", "builtin:miniature/orakle")]
    [InlineData("no miniature matches 'nul*' (harness list miniatures)", "--method", "builtin:miniature/nul*")]
    [InlineData("unknown method selector 'weight-svd'", "--method", "weight-svd")]
    [InlineData("no model matches 'super?'", "--model", "super?")]
    [InlineData("--resume needs --out", "--resume")]
    [InlineData("a submission says itself what it answers", "somewhere", "--model", "direct-sum")]
    public void What_does_not_exist_is_a_usage_error(string expected, params string[] args)
    {
        var run = CommandLine.Run(["grade", .. args]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    /// <summary>Kills: a file tried on every model of the suite, in every disguise.</summary>
    [Fact]
    public void A_file_needs_the_model_that_it_answers()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("answer.safetensors"), [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        var run = CommandLine.Run("grade", "--method", $"file:{folder.File("answer.safetensors")}");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("a file answers one model: name it with --model", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The truth in a file that names its case is graded on that case and no other; kills a seed or a disguise that is dropped.</summary>
    [Fact]
    public void A_file_may_name_its_case_itself()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var model = Disguises.Apply(ToyModelCatalog.Create("direct-sum", 4), DisguiseKind.Permute, 9);
        var answer = new Decomposition(
            new MethodInfo("truth", "1", "The truth.", false),
            [.. model.Truth.Subnetworks.Select(one => new Subnetwork(one.Name, Subspaces.Transform(model.Disguise!, one.Subspace, inverse: false)))],
            new Dictionary<string, string>());
        var file = folder.File("answer.safetensors");
        DecompositionFile.Write(file, answer, model.Model.Network.Layout, "direct-sum@4/permute:9", 0);

        var scores = Scores(CommandLine.Run("grade", "--method", $"file:{file}", "--json", "--out", folder.File("run")).Json());

        var own = Assert.Single(scores, score => score.Method == $"file:{file}");
        Assert.Equal(("direct-sum", "permute:9"), (own.Model, own.Disguise));
        Assert.Equal(1, own.Value, 1e-9);
    }

    [Theory]
    [InlineData("case-0123456789ab", "the file answers 'case-0123456789ab', a case of an export: grade the export's folder")]
    [InlineData("direct-sum@x", "the file's metadata say case = 'direct-sum@x'; expected MODEL@SEED/DISGUISE")]
    [InlineData("direct-sum@0/upside-down", "expected MODEL@SEED/DISGUISE")]
    [InlineData("direct-some", "unknown model 'direct-some'; did you mean 'direct-sum'?")]
    [InlineData("direct-sum@0/rescale:1", "model 'direct-sum' does not admit rescale:1")]
    public void A_file_that_names_no_case_is_a_usage_error(string named, string expected)
    {
        using var folder = new TemporaryFolder();
        var header = Encoding.UTF8.GetBytes($$$"""{"__metadata__":{"case":"{{{named}}}"}}""");
        File.WriteAllBytes(folder.File("answer.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. header]);
        var run = CommandLine.Run("grade", "--method", $"file:{folder.File("answer.safetensors")}");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private static IEnumerable<(string Model, string Disguise, string Method, double Value)> Scores(JsonElement record) =>
        from line in record.GetProperty("cases").EnumerateArray()
        let key = CaseKey.Parse(line.GetProperty("key").GetString()!)
        from value in line.GetProperty("values").EnumerateArray()
        where value.GetProperty("check").GetString() is "recovery.directions" or "recovery.components" && value.GetProperty("value").ValueKind == JsonValueKind.Number
        select (key.Model, key.Disguise, key.Method, value.GetProperty("value").GetDouble());
}
