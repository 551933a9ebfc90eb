using System.Globalization;
using System.Text;
using Harness.Grading;

namespace Harness.Reporting;

/// <summary>
/// The Markdown report for a build server's step summary, which takes 1 MiB and nothing of what is longer: failures first, then the report, cut at the end of a
/// line where there is no room left. A pure function of the record.
/// </summary>
public static class StepSummary
{
    /// <summary>Bytes in UTF-8 that a summary has at most: under 1 MiB, with room for what the server adds.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Failures that are listed; a longer list is in the record.</summary>
    private const int MostFailures = 200;

    /// <summary>The summary, with line feeds, ending in one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="mostBytes">Its size at most; room for the remark that it was cut is taken off it.</param>
    public static string Of(RunRecord record, int mostBytes = MostBytes)
    {
        ArgumentNullException.ThrowIfNull(record);
        var text = $"{Head(record)}\n{MarkdownReport.Of(record)}";
        if (Encoding.UTF8.GetByteCount(text) <= mostBytes)
            return text;
        var lines = text.Split('\n');
        var remark = string.Create(CultureInfo.InvariantCulture, $"\n**CUT: the whole report has {lines.Length} lines; `harness report RUN --format markdown` writes it.**\n");
        var (kept, left) = (new StringBuilder(), mostBytes - Encoding.UTF8.GetByteCount(remark));
        foreach (var line in lines)
        {
            left -= Encoding.UTF8.GetByteCount(line) + 1;
            if (left < 0)
                break;
            kept.Append(line).Append('\n');
        }
        return kept.Append(remark).ToString();
    }

    private static string Head(RunRecord record)
    {
        var outcomes = TestOutcome.Of(record);
        var bad = outcomes.Where(outcome => outcome.Verdict is Verdict.Fail or Verdict.Errored).OrderByDescending(outcome => outcome.Verdict).ToList();
        var text = new StringBuilder($"## {(record.IsComplete ? "" : "PARTIAL: ")}{Count(Verdict.Pass)} passed, {Count(Verdict.Fail)} failed, {Count(Verdict.Errored)} errored, ");
        text.Append($"{Count(Verdict.Undecided)} undecided, {Count(Verdict.Skipped)} skipped\n");
        if (bad.Count == 0)
            return text.ToString();
        text.Append("\n| | method | model | check | |\n|---|---|---|---|---|\n");
        foreach (var outcome in bad.Take(MostFailures))
            text.Append($"| {(outcome.Verdict == Verdict.Fail ? "✗" : "!")} | {Cell(outcome.Method)} | {Cell(outcome.Suite)} | {Cell(outcome.Name)} | {Cell(outcome.Message)} |\n");
        if (bad.Count > MostFailures)
            text.Append($"\nand {bad.Count - MostFailures} more\n");
        return text.ToString();

        int Count(Verdict verdict) => outcomes.Count(outcome => outcome.Verdict == verdict);
    }

    private static string Cell(string text) => MarkdownReport.Escaped(Remarks.OneLine(text));
}
