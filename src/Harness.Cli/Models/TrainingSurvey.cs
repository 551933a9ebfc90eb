using System.Diagnostics;
using Harness.ToyModels;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>
/// The same training from several seeds: how often its first attempt meets the bar. Later attempts, which the catalogue's models may take, are counted and
/// not shown.
/// </summary>
internal sealed class TrainingSurvey(string model)
{
    private readonly List<Row> _rows = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Whether every seed has a model that meets the bar, at whichever attempt.</summary>
    internal bool AllEndWell => _rows.All(row => row.MeetsBar);

    /// <summary>Adds what was trained from a seed since the last was added.</summary>
    internal void Add(ulong seed, TrainingResult result)
    {
        _rows.Add(new Row(seed, [.. result.FirstQuality], result.Attempts, result.MeetsBar, Math.Round(_watch.Elapsed.TotalSeconds, 1)));
        _watch.Restart();
    }

    internal object ToJson() => new
    {
        model,
        firstAttemptsThatMeetTheBar = _rows.Count(row => row.FirstMeetsBar),
        seeds = _rows.Select(row => new
        {
            modelSeed = row.Seed, firstMeetsBar = row.FirstMeetsBar, attempts = row.Attempts, meetsBar = row.MeetsBar, seconds = row.Seconds,
            firstQuality = row.First.Select(result => new { result.Check.Name, result.Check.Unit, result.Measured, result.Check.Limit, result.Check.AtMost, result.Holds }),
        }),
    };

    internal void Print(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("model seed").RightAligned());
        foreach (var check in _rows[0].First.Select(result => result.Check))
            table.AddColumn(new TableColumn($"{check.Name} {(check.AtMost ? "≤" : "≥")} {check.Limit:G4}").RightAligned());
        table.AddColumn("bar").AddColumn(new TableColumn("attempts").RightAligned()).AddColumn(new TableColumn("seconds").RightAligned());
        foreach (var row in _rows)
            table.AddRow(
                [$"{row.Seed}", .. row.First.Select(result => $"{result.Measured:G4}"), row.FirstMeetsBar ? "yes" : "NO", $"{row.Attempts}{(row.MeetsBar ? "" : ", all missed")}", $"{row.Seconds:F1}"]);
        console.Write(table);
        console.WriteLine($"First attempts that meet the bar: {_rows.Count(row => row.FirstMeetsBar)} of {_rows.Count}. Numbers are of first attempts.");
    }

    private sealed record Row(ulong Seed, IReadOnlyList<CertificateResult> First, int Attempts, bool MeetsBar, double Seconds)
    {
        internal bool FirstMeetsBar => First.All(result => result.Holds);
    }
}
