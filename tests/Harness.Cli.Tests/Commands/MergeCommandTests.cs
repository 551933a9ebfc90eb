using Harness.Grading;

namespace Harness.Cli.Tests;

/// <summary><c>grade --shard</c> and <c>harness merge</c>.</summary>
public sealed class MergeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Two shards merged equal one run; alone each is called partial. Rejects a merge that is silent about a part that is not there, or writes over a record.</summary>
    [Fact]
    public void Two_shards_merged_equal_one_run()
    {
        var whole = Run("whole");
        var first = Run("first", "--shard", "1/2");
        Run("second", "--shard", "2/2");
        Assert.Contains("PARTIAL RECORD: shard 1 of 2 of a run.", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PARTIAL", whole.Output, StringComparison.Ordinal);

        var gap = CommandLine.Run("merge", _folder.File("first"), "--out", _folder.File("merged"));
        Assert.Equal((ExitCode.BadInput, "harness: Of 2 shards 2 is missing.\n"), (gap.Code, gap.Error.ReplaceLineEndings("\n")));
        Assert.False(Directory.Exists(_folder.File("merged")));

        var merged = CommandLine.Run("merge", _folder.File("second"), _folder.File("first"), "--out", _folder.File("merged"));
        Assert.Equal(ExitCode.Pass, merged.Code);
        Assert.Equal(ExitCode.Pass, CommandLine.Run("compare", _folder.File("whole"), _folder.File("merged")).Code);
        var (one, other) = (Read("whole"), Read("merged"));
        Assert.Equal(one.Cases.Select(line => line.Key), other.Cases.Select(line => line.Key));
        Assert.Equal(one.Cases.SelectMany(line => line.Values), other.Cases.SelectMany(line => line.Values));
        Assert.Equal(ExitCode.InputOutput, CommandLine.Run("merge", _folder.File("second"), _folder.File("first"), "--out", _folder.File("merged")).Code);
    }

    /// <summary>A shard is gone on with as the same shard. Rejects a resumption that runs another one into the same record.</summary>
    [Fact]
    public void Another_shard_does_not_go_on_with_a_record()
    {
        Run("part", "--shard", "1/2");
        var path = _folder.File($"part/{RunRecord.FileName}");
        File.WriteAllLines(path, File.ReadAllLines(path)[..^2]);
        var other = Run("part", "--shard", "2/2", "--resume");
        Assert.Equal(ExitCode.Usage, other.Code);
        Assert.Contains("--shard 1/2'; go on with the same arguments", other.Error, StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.Usage, Run("part", "--shard", "1/2", "--resume").Code);
        Assert.True(Read("part").HasEnded);
    }

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("-1/2")]
    [InlineData("1/1001")]
    public void What_is_no_shard_is_a_usage_error(string shard)
    {
        var run = Run("x", "--shard", shard);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"--shard: expected K/N with 1 ≤ K ≤ N ≤ 1000, e.g. 1/2, got '{shard}'", run.Error, StringComparison.Ordinal);
    }

    private RunRecord Read(string name) => RunRecord.Read(_folder.File($"{name}/{RunRecord.FileName}"));

    private CommandLine Run(string name, params string[] more) => CommandLine.Run(
        ["grade", "--method", "builtin:random", "--model", "superposition-5-2*", "--seeds", "2", "--out", _folder.File(name), .. more]);
}
