using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Grading;

namespace Harness.Reporting;

/// <summary>
/// A record in the Common Test Report Format (CTRF, JSON): a test for each check with a verdict. Errored and failed checks are <c>failed</c>, undecided ones
/// <c>other</c>; <c>rawStatus</c> keeps the verdict. A pure function of the record.
/// </summary>
/// <remarks>Format: ctrf.io, schema of specVersion 1.0.0.</remarks>
public static class CtrfReport
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The document, ending in a line feed.</summary>
    public static string Of(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var outcomes = TestOutcome.Of(record);
        int Count(string status) => outcomes.Count(outcome => Status(outcome.Verdict) == status);
        var start = record.Header.Started.ToUnixTimeMilliseconds();
        var seconds = record.Footer?.Seconds ?? outcomes.Sum(outcome => outcome.Seconds);
        var document = new
        {
            ReportFormat = "CTRF",
            SpecVersion = "1.0.0",
            GeneratedBy = "harness",
            Results = new
            {
                Tool = new { Name = "harness", record.Header.Tool.Version },
                Summary = new
                {
                    Tests = outcomes.Count, Passed = Count("passed"), Failed = Count("failed"), Skipped = Count("skipped"), Pending = 0, Other = Count("other"),
                    Suites = outcomes.Select(outcome => outcome.Suite).Distinct().Count(), Start = start, Stop = start + Milliseconds(seconds),
                },
                Tests = outcomes.Select(outcome => new
                {
                    Name = $"{outcome.Method}: {outcome.Name}",
                    Status = Status(outcome.Verdict),
                    Duration = Milliseconds(outcome.Seconds),
                    Suite = new[] { outcome.Suite, outcome.Method },
                    outcome.Message,
                    Trace = outcome.Verdict is Verdict.Fail or Verdict.Errored && outcome.Detail.Length > 0 ? outcome.Detail : null,
                    RawStatus = outcome.Verdict.ToString().ToLowerInvariant(),
                }),
                Environment = new
                {
                    AppName = "harness", AppVersion = record.Header.Tool.Version, OsPlatform = record.Header.Environment.Os, record.Header.Tool.Commit,
                },
            },
        };
        return $"{JsonSerializer.Serialize(document, s_options).ReplaceLineEndings("\n")}\n";
    }

    private static string Status(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "passed",
        Verdict.Fail or Verdict.Errored => "failed",
        Verdict.Skipped => "skipped",
        _ => "other",
    };

    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000);
}
