using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FsCheck.Xunit;
using Harness.Grading;
using VerifyXunit;

namespace Harness.Reporting.Tests;

/// <summary>Records for programs that show test results.</summary>
public class TestReportTests
{
    private static readonly string[] s_tests = ["id", "name", "status", "duration", "start", "stop", "suite", "message", "trace", "rawStatus"];

    /// <summary>Kills a control character that no XML parser takes: one of the errors holds an escape sequence.</summary>
    [Fact]
    public Task JUnit_of_a_complete_record() => Verifier.Verify(JUnitReport.Of(TinyRecord.Complete), "xml");

    [Fact]
    public Task Ctrf_of_a_complete_record() => Verifier.Verify(CtrfReport.Of(TinyRecord.Complete), "json");

    [Fact]
    public Task Summary_of_a_complete_record() => Verifier.Verify(StepSummary.Of(TinyRecord.Complete), "md");

    /// <summary>Every verdict is counted once, in the suite and in the whole. Rejects a report that loses a failure, or counts it as passed.</summary>
    [Fact]
    public void JUnit_counts_what_the_record_has()
    {
        var root = XDocument.Parse(JUnitReport.Of(TinyRecord.Complete)).Root!;
        int Sum(string name) => root.Elements("testsuite").Sum(suite => (int)suite.Attribute(name)!);
        foreach (var name in new[] { "tests", "failures", "errors", "skipped" })
            Assert.Equal((int)root.Attribute(name)!, Sum(name));
        Assert.Equal(Count(Verdict.Fail), root.Descendants("failure").Count());
        Assert.Equal(Count(Verdict.Errored), root.Descendants("error").Count());
        Assert.Equal(Count(Verdict.Skipped) + Count(Verdict.Undecided), root.Descendants("skipped").Count());
        Assert.Equal(Enum.GetValues<Verdict>().Sum(Count), root.Descendants("testcase").Count());
        Assert.All(root.Descendants("testcase"), test => Assert.All(["classname", "name", "time"], name => Assert.NotEmpty(test.Attribute(name)!.Value)));
        Assert.All(root.Descendants("failure"), failure => Assert.Contains("./harness grade", failure.Value, StringComparison.Ordinal));
        // Elements and attributes that the common schema knows; a viewer may refuse others.
        string[] known = ["testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped"];
        Assert.Empty(root.DescendantsAndSelf().Select(element => element.Name.LocalName).Except(known));
    }

    /// <summary>What the format requires is there, nothing that it forbids, and the numbers add up.</summary>
    [Fact]
    public void Ctrf_has_the_required_members()
    {
        var root = JsonDocument.Parse(CtrfReport.Of(TinyRecord.Complete)).RootElement;
        Assert.Equal("CTRF", root.GetProperty("reportFormat").GetString());
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+$", root.GetProperty("specVersion").GetString());
        var (summary, tests) = (root.GetProperty("results").GetProperty("summary"), root.GetProperty("results").GetProperty("tests").EnumerateArray().ToList());
        Assert.NotEmpty(root.GetProperty("results").GetProperty("tool").GetProperty("name").GetString()!);
        foreach (var status in new[] { "passed", "failed", "skipped", "pending", "other" })
            Assert.Equal(tests.Count(test => test.GetProperty("status").GetString() == status), summary.GetProperty(status).GetInt32());
        Assert.Equal(tests.Count, summary.GetProperty("tests").GetInt32());
        Assert.Equal(Count(Verdict.Fail) + Count(Verdict.Errored), summary.GetProperty("failed").GetInt32());
        Assert.True(summary.GetProperty("start").GetInt64() <= summary.GetProperty("stop").GetInt64());
        foreach (var test in tests)
        {
            Assert.Empty(test.EnumerateObject().Select(member => member.Name).Except(s_tests));
            Assert.True(test.GetProperty("name").GetString()!.Length > 0 && test.GetProperty("duration").GetInt64() >= 0);
            Assert.True(test.GetProperty("suite").GetArrayLength() > 0);
        }
    }

    /// <summary>No viewer takes a part for the whole.</summary>
    [Fact]
    public void A_partial_record_errs_in_every_format()
    {
        Assert.Equal("the record is complete", XDocument.Parse(JUnitReport.Of(TinyRecord.Unfinished)).Descendants("error").First().Parent!.Attribute("name")!.Value);
        Assert.Equal("failed", JsonDocument.Parse(CtrfReport.Of(TinyRecord.Unfinished)).RootElement.GetProperty("results").GetProperty("tests")[0].GetProperty("status").GetString());
        Assert.StartsWith("## PARTIAL: ", StepSummary.Of(TinyRecord.Unfinished));
    }

    /// <summary>
    /// However much a method says, the summary fits, its lines are whole ones, what failed comes first, and whoever reads it learns that it was cut. Rejects a cut by
    /// characters, of which some are three bytes.
    /// </summary>
    [Property(MaxTest = 20)]
    public void A_summary_fits(ushort room)
    {
        var (record, most) = (TinyRecord.Complete, 400 + room % 6000);
        var (whole, cut) = (StepSummary.Of(record), StepSummary.Of(record, most));
        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 1, most);
        Assert.StartsWith("## ", cut);
        if (cut == whole)
            return;
        Assert.Contains("**CUT: the whole report has ", cut, StringComparison.Ordinal);
        var lines = whole.Split('\n').ToHashSet();
        Assert.All(cut.Split('\n').SkipLast(2), line => Assert.Contains(line, lines));
    }

    [Fact]
    public void The_cap_is_below_one_mebibyte()
    {
        var huge = TinyRecord.Complete with { Cases = [.. Enumerable.Range(0, 300).SelectMany(k => TinyRecord.Complete.Cases.Select(line => line with { Key = line.Key with { Model = $"модель-{k}-{new string('x', 600)}" } }))] };
        var summary = StepSummary.Of(huge);
        Assert.InRange(Encoding.UTF8.GetByteCount(summary), StepSummary.MostBytes / 2, 1 << 20);
        Assert.Contains("**CUT: ", summary, StringComparison.Ordinal);
    }

    private static int Count(Verdict verdict) => TinyRecord.Complete.Cases.Sum(line => line.Values.Count(value => value.Verdict == verdict));
}
