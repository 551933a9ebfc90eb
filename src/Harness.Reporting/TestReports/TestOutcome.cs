using System.Globalization;
using Harness.Grading;

namespace Harness.Reporting;

/// <summary>One check with a verdict, as formats for test results see it.</summary>
/// <param name="Suite">The model in its disguise, <c>model@model seed/disguise</c>.</param>
/// <param name="Method">The method's selector.</param>
/// <param name="Name">The check and the method's seed.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Seconds">Wall time of the case, on its first check; 0 on the others, so that times add up.</param>
/// <param name="Message">One line: number and bar, or why there is none.</param>
/// <param name="Detail">Findings, and the command that runs the case alone.</param>
internal sealed record TestOutcome(string Suite, string Method, string Name, Verdict Verdict, double Seconds, string Message, string Detail)
{
    /// <summary>Every check of a record that has a verdict, and one more that errs where the record is partial: no viewer may take a part for the whole.</summary>
    internal static IReadOnlyList<TestOutcome> Of(RunRecord record)
    {
        var outcomes = record.Cases.SelectMany(line => line.Values.Where(value => value.Verdict is not null).Select((value, k) => new TestOutcome(
            RunShard.UnitOf(line.Key), line.Key.Method, $"{value.Check} (seed {line.Key.Seed.ToString(CultureInfo.InvariantCulture)})", value.Verdict!.Value,
            k == 0 ? line.Cost.Seconds ?? 0 : 0, Words(value), string.Join('\n', [.. line.Findings ?? [], line.Replay])))).ToList();
        if (!record.IsComplete)
            outcomes.Insert(0, new TestOutcome("record", "harness", "the record is complete", Verdict.Errored, 0, Legend.Partial(Leaderboard.Of(record)), ""));
        return outcomes;
    }

    private static string Words(CheckValue value)
    {
        var number = value.Value is { } score ? score.ToString("0.######", CultureInfo.InvariantCulture) : "no value";
        var bar = value.Bar is { } limit ? $" against a bar of {limit.ToString("0.######", CultureInfo.InvariantCulture)}" : "";
        return value.Reason is null ? $"{number}{bar}" : $"{number}{bar}: {Remarks.OneLine(value.Reason)}";
    }
}
