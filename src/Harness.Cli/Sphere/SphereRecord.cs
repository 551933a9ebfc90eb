using Harness.Grading;

namespace Harness.Cli;

/// <summary>The raw numbers of one case as checks of a run record; <see cref="SphereStatistics"/> reads nothing else.</summary>
internal static class SphereRecord
{
    /// <summary>The kind of these cases.</summary>
    internal const string Kind = "sphere";

    /// <summary>Rounds whose raw displacement is scored: the last one has one subnetwork left to find.</summary>
    internal const int ScoredRounds = 3;

    /// <summary>Names of the checks: of the first pick, of hops, of scored rounds, of all rounds.</summary>
    internal const string Share = "sphere.share", Broken = "sphere.one-broken", Accuracy = "sphere.accuracy", Purity = "sphere.delta-purity",
        RawShare = "sphere.raw-share", Frozen = "sphere.frozen-purity", Found = "sphere.found";

    /// <summary>The numbers. A round that was not reached has share 0: it counts against the search.</summary>
    internal static IReadOnlyList<CheckValue> Values(SphereCase found)
    {
        var (first, planted) = (found.Hops[0], found.Planted.Count);
        var blocks = found.Rounds.Where(round => round.Containment is not null && round.Containment.Max() >= SphereStatistics.Pure)
            .Select(round => Array.IndexOf(round.Containment!, round.Containment!.Max())).Distinct().Count();
        return
        [
            new(Share) { Value = first.End?.Shares.Max() ?? 0, Null = first.StartShares?.Max() },
            new(Broken)
            {
                Value = found.Hops.Any(hop => hop.End?.Broken is not null) ? 1 : 0, Null = first.StartBroken is { } broken ? broken ? 1 : 0 : null,
                Reason = found.Hops.Select(hop => hop.End?.Broken).FirstOrDefault(index => index is not null) is { } index ? found.Planted[index] : null,
            },
            new(Accuracy) { Value = first.End?.Accuracy ?? 0 },
            new(Purity) { Value = first.ChangePurity ?? 0, Null = first.RandomShares.Max() },
            .. Enumerable.Range(0, Math.Min(ScoredRounds, planted)).Select(index => index < found.Rounds.Count
                ? new CheckValue($"{RawShare}.{index + 1}") { Value = found.Rounds[index].End?.Shares.Max() ?? 0, Null = found.Rounds[index].RandomShares.Max() }
                : new CheckValue($"{RawShare}.{index + 1}") { Value = 0, Reason = found.Ending }),
            .. found.Rounds.Select((round, index) => new CheckValue($"{Frozen}.{index + 1}") { Value = round.Containment?.Max() ?? 0, Null = 1.0 / planted }),
            new(Found) { Value = blocks, Oracle = planted, Reason = found.Ending },
        ];
    }
}
