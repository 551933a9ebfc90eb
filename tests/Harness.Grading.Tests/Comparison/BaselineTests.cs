namespace Harness.Grading.Tests;

public sealed class BaselineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["baselines/quick.jsonl"];

    public void Dispose() => _folder.Dispose();

    /// <summary>What is approved is what was measured. Kills a baseline that loses a number, or one that differs for every run of the same numbers.</summary>
    [Fact]
    public void It_holds_the_numbers_and_nothing_else()
    {
        var record = new TestRuns(2, 3, 0.05, 1).Build();
        Baseline.Write(record, File);
        var read = RunRecord.Read(File);
        Assert.Equal(0, RunComparison.Of(read, record).ExitCode());
        Assert.Equal(record.Cases.Count, RunComparison.Of(read, record).Count(ChangeKind.Unchanged));
        var text = System.IO.File.ReadAllText(File);
        Baseline.Write(record with { Cases = [.. record.Cases.Select(line => line with { Cost = new CaseCost(3, null, null, 99), Findings = ["a", "b"] })], Footer = record.Footer! with { Seconds = 7 } }, File);
        Assert.Equal(text, System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    /// <summary>A folder that is in the way stands for a disk that takes nothing: what was there stays, and nothing half-written is left beside it.</summary>
    [Fact]
    public void What_cannot_be_written_leaves_everything_as_it_was()
    {
        var record = new TestRuns(1, 1, 0, 0).Build();
        Assert.Throws<InvalidDataException>(() => Baseline.Write(TestRuns.Of(record.Cases, complete: false), File));
        Assert.False(System.IO.File.Exists(File));
        Directory.CreateDirectory(File);
        Assert.ThrowsAny<Exception>(() => Baseline.Write(record, File));
        Assert.Equal([File], Directory.GetFileSystemEntries(Path.GetDirectoryName(File)!));
    }

    /// <summary>A record from which a line was taken, or in which one is doubled, says so.</summary>
    [Fact]
    public void A_record_that_was_edited_is_refused()
    {
        Baseline.Write(new TestRuns(2, 2, 0, 0).Build(), File);
        var lines = System.IO.File.ReadAllLines(File);
        System.IO.File.WriteAllText(File, string.Join('\n', lines.Where((_, k) => k != 2)) + "\n");
        Assert.Equal($"'{File}' has 3 cases, but its footer counts 4: it was edited, or lines were lost.", Assert.Throws<InvalidDataException>(() => RunRecord.Read(File)).Message);
    }
}
