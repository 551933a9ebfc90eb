using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Harness.Grading;

namespace Harness.Reporting;

/// <summary>
/// A record as JUnit XML: a test suite for each model in its disguise, a test case for each check with a verdict. An undecided check counts as skipped, which
/// the format has and undecided it has not; the message says which. A pure function of the record.
/// </summary>
public static class JUnitReport
{
    /// <summary>The document, ending in a line feed.</summary>
    public static string Of(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var outcomes = TestOutcome.Of(record);
        var root = new XElement(
            "testsuites", new XAttribute("name", Clean($"harness {record.Header.Suite.Name} {record.Header.Suite.Version}")), Counts(outcomes),
            outcomes.GroupBy(outcome => outcome.Suite).Select(suite => new XElement(
                "testsuite", new XAttribute("name", Clean(suite.Key)), Counts([.. suite]),
                new XAttribute("timestamp", record.Header.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
                Properties(record.Header), suite.Select(Case))));
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root.ToString().ReplaceLineEndings("\n")}\n";
    }

    private static XElement Properties(HeaderLine header) => new("properties", new (string Name, string? Value)[]
    {
        ("suite", $"{header.Suite.Name} {header.Suite.Version}"), ("version", header.Tool.Version), ("commit", header.Tool.Commit),
        ("machine", header.Environment.Machine), ("device", header.Environment.Device), ("dtype", header.Environment.Dtype), ("libtorch", header.Environment.Libtorch),
    }.Where(property => property.Value is not null).Select(property => new XElement("property", new XAttribute("name", property.Name), new XAttribute("value", Clean(property.Value!)))));

    private static XElement Case(TestOutcome outcome)
    {
        var test = new XElement(
            "testcase", new XAttribute("classname", Clean(outcome.Method)), new XAttribute("name", Clean(outcome.Name)), new XAttribute("time", Seconds(outcome.Seconds)));
        var message = new XAttribute("message", Clean(outcome.Message));
        if (outcome.Verdict is Verdict.Fail or Verdict.Errored)
            test.Add(new XElement(
                outcome.Verdict == Verdict.Fail ? "failure" : "error", message, new XAttribute("type", outcome.Verdict == Verdict.Fail ? "below the bar" : "no answer"),
                Clean(outcome.Detail)));
        else if (outcome.Verdict is Verdict.Skipped or Verdict.Undecided)
            test.Add(new XElement("skipped", new XAttribute("message", Clean($"{outcome.Verdict.ToString().ToLowerInvariant()}: {outcome.Message}"))));
        return test;
    }

    private static XAttribute[] Counts(IReadOnlyList<TestOutcome> outcomes)
    {
        int Of(params Verdict[] verdicts) => outcomes.Count(outcome => verdicts.Contains(outcome.Verdict));
        return
        [
            new("tests", outcomes.Count), new("failures", Of(Verdict.Fail)), new("errors", Of(Verdict.Errored)), new("skipped", Of(Verdict.Skipped, Verdict.Undecided)),
            new("time", Seconds(outcomes.Sum(outcome => outcome.Seconds))),
        ];
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A method may say anything; not every character may stand in XML.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));
}
