namespace Harness.Grading;

/// <summary>A check of one method on one model at several seeds, in both runs: its numbers vary with the seed, so their means are compared.</summary>
/// <param name="Case">The keys.</param>
/// <param name="Check">The check's name.</param>
/// <param name="Direction">Which way it is better.</param>
/// <param name="Baseline">One number for each seed.</param>
/// <param name="Current">One number for each seed.</param>
/// <param name="Replay">How to run the first seed.</param>
internal sealed record SeedSample(
    string Case, string Check, CheckDirection Direction, IReadOnlyList<double> Baseline, IReadOnlyList<double> Current, string Replay)
{
    /// <summary>The chance of being called worse, or better, anywhere, where nothing has changed.</summary>
    internal const double Level = 0.05;

    /// <summary>The p-value of "worse now".</summary>
    private double Worse => Direction == CheckDirection.Higher ? WelchTest.Lower(Baseline, Current) : WelchTest.Lower(Current, Baseline);

    /// <summary>What became of all of them, corrected together.</summary>
    internal static IEnumerable<CheckChange> Changes(IReadOnlyList<SeedSample> samples)
    {
        var (worse, better) = (HolmCorrection.Adjust([.. samples.Select(one => one.Worse)]), HolmCorrection.Adjust([.. samples.Select(one => 1 - one.Worse)]));
        return samples.Select((sample, i) => new CheckChange(
            sample.Case, sample.Check, worse[i] <= Level ? ChangeKind.Regressed : better[i] <= Level ? ChangeKind.Improved : ChangeKind.Unchanged)
        {
            Baseline = sample.Baseline.Average(), Current = sample.Current.Average(), Chance = Math.Min(worse[i], better[i]), Replay = sample.Replay,
            Reason = $"means of {sample.Baseline.Count} and {sample.Current.Count} seeds",
        });
    }
}
