namespace Harness.Grading;

/// <summary>Whether two samples of unequal spread have different means.</summary>
/// <remarks>B. L. Welch, "The generalization of Student's problem when several different population variances are involved", 1947.</remarks>
public static class WelchTest
{
    /// <summary>
    /// The one-sided p-value of "the second mean is lower": how often chance alone would put it as far below the first, where both means are equal.
    /// <c>t = (m₁ − m₂)/√(s₁²/n₁ + s₂²/n₂)</c> with Welch's and Satterthwaite's degrees of freedom.
    /// </summary>
    /// <param name="first">At least two finite numbers.</param>
    /// <param name="second">At least two finite numbers.</param>
    /// <exception cref="ArgumentException">There are too few numbers, one is not finite, or neither sample varies.</exception>
    public static double Lower(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count < 2 || second.Count < 2 || !first.Concat(second).All(double.IsFinite))
            throw new ArgumentException($"Welch's test needs two samples of at least two finite numbers, got {first.Count} and {second.Count}.");
        var (mean1, mean2) = (first.Average(), second.Average());
        var (error1, error2) = (SquaredError(first, mean1), SquaredError(second, mean2));
        var sum = error1 + error2;
        if (sum == 0)
            throw new ArgumentException("Welch's test needs a sample that varies: without any spread nothing is left to chance.");
        var freedom = sum * sum / (error1 * error1 / (first.Count - 1) + error2 * error2 / (second.Count - 1));
        return StudentT.UpperTail((mean1 - mean2) / Math.Sqrt(sum), freedom);
    }

    /// <summary>s²/n: the variance of the mean.</summary>
    private static double SquaredError(IReadOnlyList<double> sample, double mean) =>
        sample.Sum(value => (value - mean) * (value - mean)) / (sample.Count - 1) / sample.Count;
}
