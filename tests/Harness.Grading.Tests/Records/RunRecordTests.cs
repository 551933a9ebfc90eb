namespace Harness.Grading.Tests;

/// <summary>Records on disk: append-only, readable after any interruption, never complete by accident.</summary>
public sealed class RunRecordTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("record-").FullName;

    private string RecordPath => System.IO.Path.Combine(_folder, "run", RunRecord.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read()
    {
        var cases = Enumerable.Range(0, 3).Select(k => Samples.Case($"m{k}", "x", MethodRole.Method, new CheckValue("c") { Value = k })).ToList();
        Write(cases, FooterLine.Of(cases, true, TimeSpan.FromSeconds(2)));
        var record = RunRecord.Read(RecordPath);
        Assert.True(record.IsComplete);
        Assert.Equal(cases.Select(RunJson.Write), record.Cases.Select(RunJson.Write));
        Assert.Equal(3, record.Footer!.Counts["cases"]);
    }

    /// <summary>Cut anywhere behind the header, a record reads as the cases before the cut, and as partial. Kills a reader that drops or invents a case.</summary>
    [Fact]
    public void A_record_that_is_cut_off_anywhere_is_partial()
    {
        var cases = Enumerable.Range(0, 2).Select(k => Samples.Case($"m{k}", "x", MethodRole.Method)).ToList();
        Write(cases, FooterLine.Of(cases, true, TimeSpan.Zero));
        var bytes = File.ReadAllBytes(RecordPath);
        var header = Array.IndexOf(bytes, (byte)'\n') + 1;
        for (var length = header; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(RecordPath, bytes[..length]);
            var record = RunRecord.Read(RecordPath);
            Assert.False(record.IsComplete);
            Assert.Equal(bytes[header..length].Count(b => b == '\n'), record.Cases.Count);
        }
    }

    [Fact]
    public void A_torn_record_is_resumed_after_its_last_whole_line()
    {
        Write([Samples.Case("m0", "x", MethodRole.Method)], null);
        File.AppendAllText(RecordPath, "{\"type\":\"case\",\"ke");
        using (var writer = RunWriter.Resume(RecordPath))
            writer.Append(Samples.Case("m1", "x", MethodRole.Method));
        Assert.Equal(["m0", "m1"], RunRecord.Read(RecordPath).Cases.Select(line => line.Key.Model));
    }

    [Fact]
    public void An_interrupted_record_is_resumed_and_ends_with_one_footer()
    {
        Write([Samples.Case("m0", "x", MethodRole.Method)], new FooterLine(new Dictionary<string, int>(), false, 1));
        Assert.False(RunRecord.Read(RecordPath).IsComplete);
        using (var writer = RunWriter.Resume(RecordPath))
            writer.Append(new FooterLine(new Dictionary<string, int>(), true, 2));
        Assert.Equal((true, 1), (RunRecord.Read(RecordPath).IsComplete, RunRecord.Read(RecordPath).Cases.Count));
    }

    [Fact]
    public void A_complete_record_is_neither_resumed_nor_overwritten()
    {
        Write([], FooterLine.Of([], true, TimeSpan.Zero));
        Assert.Contains("is complete; there is nothing to resume", Assert.Throws<InvalidDataException>(() => RunWriter.Resume(RecordPath)).Message);
        Assert.Contains("records are never overwritten", Assert.Throws<IOException>(() => RunWriter.Create(RecordPath, Samples.Header)).Message);
    }

    /// <summary>Kills: two processes whose lines are mixed in one file.</summary>
    [Fact]
    public void A_record_has_one_writer_at_a_time()
    {
        Write([Samples.Case("m0", "x", MethodRole.Method)], null);
        using (RunWriter.Resume(RecordPath))
        {
            Assert.Contains("being written by another process", Assert.Throws<IOException>(() => RunWriter.Resume(RecordPath)).Message);
            Assert.Single(RunRecord.Read(RecordPath).Cases);
        }
        RunWriter.Resume(RecordPath).Dispose();
        Assert.Equal([RecordPath], Directory.GetFiles(System.IO.Path.GetDirectoryName(RecordPath)!));
    }

    /// <summary>Kills: a file that a killed process left before its header was whole, which could be neither begun nor resumed.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{\"type\":\"header\",")]
    public void A_torn_header_is_no_record_yet(string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(RecordPath)!);
        File.WriteAllText(RecordPath, text);
        Assert.False(RunWriter.IsBegun(RecordPath));
        RunWriter.Create(RecordPath, Samples.Header).Dispose();
        Assert.Empty(RunRecord.Read(RecordPath).Cases);
    }

    [Theory]
    [InlineData("", "does not begin with the header")]
    [InlineData("{}\n", "line 1")]
    [InlineData("HEADER\nHEADER\n", "line 2: a header may only come first")]
    [InlineData("HEADER\nFOOTER\nFOOTER\n", "line 2: a header may only come first and a footer only last")]
    [InlineData("HEADER\nnot json\n", "line 2")]
    [InlineData("HEADER\n{\"type\":\"case\"}\n", "line 2")]
    public void What_is_no_record_is_refused_with_its_line(string text, string message)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(RecordPath)!);
        File.WriteAllText(RecordPath, text.Replace("HEADER", RunJson.Write(Samples.Header)).Replace("FOOTER", RunJson.Write(FooterLine.Of([], true, default))));
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => RunRecord.Read(RecordPath)).Message);
    }

    private void Write(IEnumerable<CaseLine> cases, FooterLine? footer)
    {
        using var writer = RunWriter.Create(RecordPath, Samples.Header);
        foreach (var line in cases)
            writer.Append(line);
        if (footer is not null)
            writer.Append(footer);
    }
}
