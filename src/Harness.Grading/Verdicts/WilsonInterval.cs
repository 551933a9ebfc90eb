namespace Harness.Grading;

/// <summary>
/// Where the true share of successes lies with 95 % confidence, after some independent trials: Wilson's score interval, all shares p at which the observed
/// one is within z standard deviations, <c>|k/n − p| ≤ z·√(p(1 − p)/n)</c>, z = 1.96. Unlike k/n ± z·√(k/n·(1 − k/n)/n) it is honest at 0 and n successes.
/// </summary>
/// <param name="Lower">Its lower end, 0 … 1.</param>
/// <param name="Upper">Its upper end, 0 … 1.</param>
/// <remarks>E. B. Wilson 1927; R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, method 3; grading.md, verdicts.</remarks>
public sealed record WilsonInterval(double Lower, double Upper)
{
    /// <summary>The 97.5 % quantile of the normal distribution.</summary>
    public const double Quantile = 1.959963984540054;

    /// <summary>The interval after <paramref name="successes"/> of <paramref name="trials"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no trial, or the successes are not 0 … trials.</exception>
    public static WilsonInterval Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var (share, unit) = ((double)successes / trials, Quantile * Quantile / trials);
        var middle = (share + unit / 2) / (1 + unit);
        var half = Math.Sqrt(unit * (share * (1 - share) + unit / 4)) / (1 + unit);
        // Exact at the ends, where the difference of two equal numbers would leave a rounding.
        return new WilsonInterval(successes == 0 ? 0 : middle - half, successes == trials ? 1 : middle + half);
    }

    /// <summary>Pass where the whole interval is at or above the bar, fail where all of it is below, else undecided: too few trials.</summary>
    public Verdict Judge(double bar) => Lower >= bar ? Verdict.Pass : Upper < bar ? Verdict.Fail : Verdict.Undecided;
}
