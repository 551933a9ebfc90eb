using System.Text.Json;
using System.Xml.Linq;
using Harness.Grading;

namespace Harness.Cli.Tests;

/// <summary><c>harness compare</c> and <c>harness approve</c> on runs of the program itself.</summary>
public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Running the same build again changes nothing, to the bit; another disguise is another case; and a score that was edited down is named with the command that
    /// runs its case again. Rejects a comparison that reads times, and one that reads nothing.
    /// </summary>
    [Fact]
    public void A_run_is_compared_with_what_was_approved()
    {
        string first = Run("first", "none"), second = Run("second", "none"), baseline = _folder.File("baselines/quick.jsonl");
        var approved = CommandLine.Run("approve", first, "--to", baseline);
        Assert.Equal((ExitCode.Pass, ""), (approved.Code, approved.Error));
        Assert.Contains($"{baseline}: {RunRecord.Read(baseline).Cases.Count} cases approved", approved.Output, StringComparison.Ordinal);

        var same = CommandLine.Run("compare", baseline, second);
        Assert.Equal(ExitCode.Pass, same.Code);
        Assert.Contains("0 regressed, 0 missing, 0 improved, 0 new, ", same.Output, StringComparison.Ordinal);

        var other = CommandLine.Run("compare", baseline, Run("other", "permute:1"), "--json");
        Assert.Equal(ExitCode.CheckFailed, other.Code);
        var counts = other.Json().GetProperty("counts");
        Assert.Equal(RunRecord.Read(baseline).Cases.Count, counts.GetProperty("missing").GetInt32());
        Assert.Equal(counts.GetProperty("missing").GetInt32(), counts.GetProperty("new").GetInt32());

        var record = RunRecord.Read(Path.Combine(second, RunRecord.FileName));
        var index = record.Cases.ToList().FindIndex(line => line.Role == MethodRole.Oracle);
        var worse = record.Cases.Select((line, k) => k == index ? line with { Values = [line.Values[0] with { Value = 0.9 }, .. line.Values.Skip(1)] } : line);
        var edited = _folder.File("edited.jsonl");
        Baseline.Write(record with { Cases = [.. worse] }, edited);
        var named = CommandLine.Run("compare", baseline, edited);
        Assert.Equal(ExitCode.CheckFailed, named.Code);
        Assert.Contains($"  {record.Cases[index].Key}  recovery.directions\n    1 → 0.9; may differ by 1E-05\n    {record.Cases[index].Replay}", named.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("1 regressed, ", CommandLine.Run("approve", edited, "--to", baseline).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Pass, CommandLine.Run("compare", baseline, edited).Code);
    }

    /// <summary>What is no record, no complete one, or not there, has its own code and leaves the baseline as it was.</summary>
    [Fact]
    public void What_is_no_run_is_refused()
    {
        var (good, baseline) = (Run("good", "none"), _folder.File("b.jsonl"));
        Assert.Equal(ExitCode.Pass, CommandLine.Run("approve", good, "--to", baseline).Code);
        var text = File.ReadAllText(baseline);
        var cut = _folder.File("cut.jsonl");
        File.WriteAllText(cut, text[..(text.Length / 2)]);

        var partial = CommandLine.Run("approve", cut, "--to", baseline);
        Assert.Equal((ExitCode.BadInput, "harness: A partial run is no baseline: go on with it by --resume.\n"), (partial.Code, partial.Error.ReplaceLineEndings("\n")));
        Assert.Equal(text, File.ReadAllText(baseline));
        Assert.Equal(ExitCode.CheckFailed, CommandLine.Run("compare", baseline, cut).Code);
        Assert.Equal(ExitCode.BadInput, CommandLine.Run("compare", cut, baseline).Code);
        File.WriteAllText(cut, text.Replace("\"values\"", "\"vlaues\"", StringComparison.Ordinal));
        Assert.Equal(ExitCode.BadInput, CommandLine.Run("compare", baseline, cut).Code);
        Assert.Equal(ExitCode.InputOutput, CommandLine.Run("compare", baseline, _folder.File("nowhere.jsonl")).Code);
        Assert.Equal(ExitCode.Usage, CommandLine.Run("approve", good, "--to", good).Code);
        Assert.Equal(ExitCode.Usage, CommandLine.Run("compare", baseline).Code);
    }

    /// <summary>The forms for programs, from a real record to a file. Rejects a form that the command does not know, or that is not what it says.</summary>
    [Fact]
    public void Reports_for_programs_are_written()
    {
        var run = Run("run", "none");
        string Report(string format)
        {
            Assert.Equal(ExitCode.Pass, CommandLine.Run("report", run, "--format", format, "--out", _folder.File(format)).Code);
            return File.ReadAllText(_folder.File(format));
        }
        var failures = RunRecord.Read(Path.Combine(run, RunRecord.FileName)).Cases.Sum(line => line.Values.Count(value => value.Verdict == Verdict.Fail));
        Assert.Equal($"{failures}", XDocument.Parse(Report("junit")).Root!.Attribute("failures")!.Value);
        Assert.Equal(failures, JsonDocument.Parse(Report("ctrf")).RootElement.GetProperty("results").GetProperty("summary").GetProperty("failed").GetInt32());
        Assert.StartsWith("## ", Report("summary"));
    }

    /// <summary>An expected failure does not set the code, and one that is stale or passes is named. Rejects a ledger that is read and not used, and one that hides more.</summary>
    [Fact]
    public void Expected_failures_do_not_fail_a_run()
    {
        string[] command = ["grade", "--method", "builtin:random", "--model", "superposition-5-2", "--disguise", "none", "--out"];
        CommandLine Graded(string name, params string[] entries)
        {
            var ledger = _folder.File("ledger.json");
            File.WriteAllText(ledger, $$"""{"schema":"expected-failures/1","entries":[{{string.Join(',', entries)}}]}""");
            return CommandLine.Run([.. command, _folder.File(name), "--expected", ledger]);
        }
        Assert.Equal(ExitCode.CheckFailed, Graded("a").Code);
        var run = Graded("b", """{"case":"*|builtin:random|*","reason":"chance"}""", """{"check":"no.such.check","reason":"old"}""");
        Assert.Equal(ExitCode.Pass, run.Code);
        Assert.Contains("expected failure 'no.such.check' is stale", run.Error, StringComparison.Ordinal);
        Assert.Contains(" expected\n", run.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(ExitCode.CheckFailed, Graded("c", """{"case":"*|builtin:other|*","reason":"chance"}""").Code);
        Assert.Equal(ExitCode.BadInput, Graded("d", "{}").Code);
        Assert.False(Directory.Exists(_folder.File("d")));
    }

    private string Run(string name, string disguise)
    {
        var folder = _folder.File(name);
        CommandLine.Run(
            "grade", "--method", "builtin:random", "--model", "superposition-5-2", "--disguise", disguise, "--seeds", "3", "--out", folder);
        return folder;
    }
}
