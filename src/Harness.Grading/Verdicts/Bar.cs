namespace Harness.Grading;

/// <summary>What a score is held against, or why there is nothing to hold it against.</summary>
/// <param name="Null">The best that an answer without knowledge of the truth reaches.</param>
/// <param name="NullName">Which one that is.</param>
/// <param name="Oracle">What the truth itself reaches.</param>
/// <param name="Value">The bar; null when refused.</param>
/// <param name="Refused">Why there is no bar; null when there is one.</param>
public sealed record Bar(double Null, string NullName, double Oracle, double? Value, string? Refused)
{
    /// <summary>Why it is not the usual one; null: it is.</summary>
    public string? Remark { get; private init; }

    /// <summary>Where between null and oracle the bar lies.</summary>
    public const double Share = 0.5;

    /// <summary>Least difference between oracle and null at which a score can tell them apart.</summary>
    public const double LeastRoom = 0.05;

    /// <summary>
    /// <c>null + 0.5·(oracle − null)</c> for the best of all nulls, so that none of them clears it; refused where a null does as well as the truth,
    /// or nearly: there the plant can be read off, and a score says nothing of the method.
    /// </summary>
    /// <param name="oracle">The oracle's score.</param>
    /// <param name="nulls">Name and score of every null, at least one; of a random one its mean over draws.</param>
    /// <exception cref="ArgumentException">There is no null, or a score is not finite.</exception>
    public static Bar Between(double oracle, IReadOnlyList<(string Name, double Score)> nulls)
    {
        ArgumentNullException.ThrowIfNull(nulls);
        if (nulls.Count == 0 || !double.IsFinite(oracle) || nulls.Any(one => !double.IsFinite(one.Score)))
            throw new ArgumentException($"A bar needs at least one null, and finite scores; got oracle {oracle} and {nulls.Count} nulls.", nameof(nulls));
        var (name, best) = nulls.MaxBy(one => one.Score);
        var bar = best + Share * (oracle - best);
        return oracle - best >= LeastRoom
            ? new Bar(best, name, oracle, bar, null)
            : new Bar(best, name, oracle, null, $"the null '{name}' reaches {best:0.000}; the truth itself has {oracle:0.000}");
    }

    /// <summary>
    /// The bar that a suite sets, refused where a null clears it or the truth does not: then a pass would be worth nothing, or impossible.
    /// </summary>
    /// <exception cref="ArgumentException">There is no null, or a score is not finite.</exception>
    public static Bar Set(SuiteBar bar, double oracle, IReadOnlyList<(string Name, double Score)> nulls)
    {
        ArgumentNullException.ThrowIfNull(bar);
        var usual = Between(oracle, nulls);
        var refused = usual.Null >= bar.Value ? $"the null '{usual.NullName}' reaches {usual.Null:0.000} and clears the suite's bar of {bar.Value:0.000}"
            : !(oracle >= bar.Value) ? $"the truth itself has {oracle:0.000} and misses the suite's bar of {bar.Value:0.000}"
            : null;
        return usual with { Value = refused is null ? bar.Value : null, Refused = refused, Remark = $"bar set by the suite: {bar.Reason}" };
    }

    /// <summary>The same numbers with the bar refused.</summary>
    internal Bar Without(string reason) => this with { Value = null, Refused = Refused is null ? reason : $"{reason}; {Refused}" };

    /// <summary>Pass or fail, or skipped where the bar is refused. NaN never passes.</summary>
    public Verdict Judge(double score) => Value is not { } bar ? Verdict.Skipped : score >= bar ? Verdict.Pass : Verdict.Fail;
}
