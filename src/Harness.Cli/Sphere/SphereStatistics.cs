using Harness.Grading;

namespace Harness.Cli;

/// <summary>A share of models or rounds, with its Wilson 95 % interval; or a median.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Value">The share, or the median.</param>
/// <param name="Hits">Successes; null: a median.</param>
/// <param name="Trials">Of how many.</param>
/// <param name="Interval">Null: a median.</param>
/// <param name="Null">The same of a random displacement or start; null: there is none.</param>
/// <param name="Bar">What the specification asks for.</param>
internal sealed record SphereStatistics(string Name, double Value, int? Hits, int Trials, WilsonInterval? Interval, double? Null, double Bar)
{
    /// <summary>Least share of one planted subnetwork in a purified subspace that counts as pure.</summary>
    internal const double Pure = 0.99;

    /// <summary>Least share of one planted subnetwork in a raw displacement that counts as its break.</summary>
    internal const double Clear = 0.8;

    /// <summary>Least accuracy at the end of the first search: what is left of the network still works.</summary>
    internal const double StillRight = 0.75;

    /// <summary>The statistics of methods.md M4, from the raw values alone.</summary>
    internal static IReadOnlyList<SphereStatistics> Of(IReadOnlyList<CaseLine> cases)
    {
        IReadOnlyList<CheckValue> Values(string check) =>
            [.. cases.SelectMany(line => line.Values.Where(value => value.Check == check || value.Check.StartsWith($"{check}.", StringComparison.Ordinal)))];
        SphereStatistics Share(string name, string check, Func<CheckValue, bool> hit, double bar, bool hasNull = true)
        {
            var values = Values(check);
            var (hits, nulls) = (values.Count(hit), values.Where(value => value.Null is not null).ToList());
            double? zero = hasNull && nulls.Count > 0 ? nulls.Count(value => hit(value with { Value = value.Null })) / (double)nulls.Count : null;
            return new SphereStatistics(name, hits / (double)values.Count, hits, values.Count, WilsonInterval.Of(hits, values.Count), zero, bar);
        }
        double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2 : 0;

        var purity = Values(SphereRecord.Purity);
        return cases.Count == 0 ? [] :
        [
            Share($"pick of least cross-entropy has share ≥ {Clear}", SphereRecord.Share, value => value.Value >= Clear, 0.8),
            Share("exactly one subnetwork broken within 2 hops", SphereRecord.Broken, value => value.Value >= 1, 0.8),
            Share($"accuracy ≥ {StillRight} at the first pick", SphereRecord.Accuracy, value => value.Value >= StillRight, 1, hasNull: false),
            Share($"raw share ≥ {Clear} in rounds 1–{SphereRecord.ScoredRounds}", SphereRecord.RawShare, value => value.Value >= Clear, 0.85),
            Share($"frozen subspace pure to {Pure}", SphereRecord.Frozen, value => value.Value >= Pure, 0.95),
            Share("all subnetworks found", SphereRecord.Found, value => value.Value >= value.Oracle, 0.9, hasNull: false),
            new SphereStatistics(
                "top ten ΔJ directions of the raw displacement in one subnetwork, median", Median(purity.Select(value => value.Value ?? 0)), null, purity.Count, null,
                Median(purity.Select(value => value.Null ?? 0)), 0.85),
        ];
    }
}
